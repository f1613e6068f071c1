/** The sessions of one month: date, kind, whether it is whole, attendance beside coverage. */
import type { SessionEntry } from "../../../protocol/book-api.ts";
import { ground } from "../parts/draw.ts";
import { listHints, listScene, pressList } from "../parts/list.ts";
import { coverageWords, dayWords, monthWords, wholeMark } from "../parts/register-words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";

export class HistoryMonthScreen implements Screen {
  readonly name = "history-month";
  readonly paged = true;
  readonly #context: ScreenContext;
  readonly #month: string;
  #entries: readonly SessionEntry[] | null = null;
  #focus = 0;

  /** @param month `2026-03`, or `none` for 时间未确认 */
  constructor(context: ScreenContext, month: string) {
    this.#context = context;
    this.#month = month;
    void this.#load();
  }

  async #load(): Promise<void> {
    const path = `/api/books/sessions?month=${this.#month}`;
    this.#entries = (await this.#context.fetchJson<SessionEntry[]>(path)) ?? [];
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const heading = monthWords(this.#month === "none" ? null : this.#month);
    const rows = this.#entries?.map((entry) => ({ words: this.#wordsOf(entry) })) ?? null;
    const facts = { heading, rows, focus: this.#focus, none: "这个月没有记录" };
    return [ground, ...listScene({ ...facts, sizes })];
  }

  #wordsOf(entry: SessionEntry): string {
    const { utcOffsetMinutes } = this.#context.view().clock;
    const day = dayWords(entry.openedAt, utcOffsetMinutes);
    const fixed = entry.corrections > 0 ? "  更" : "";
    const head = `${wholeMark(entry)} ${day}  ${entry.typeName}${fixed}`;
    return `${head}\n《${entry.title}》  ${coverageWords(entry)}`;
  }

  hints(): readonly KeyHint[] {
    return listHints("看这一场", "学习记录");
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const entries = this.#entries ?? [];
    this.#focus = pressList(this.#focus, key, entries.length) ?? this.#focus;
    const entry = entries[this.#focus];
    if (key === "ok" && entry !== undefined) {
      this.#context.go({ kind: "history-session", id: entry.id });
    }
    this.#context.redraw();
    return true;
  }
}
