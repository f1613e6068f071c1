/** 学习记录: the months that have sessions, the newest first; below them what an inspector asks. */
import type { MonthsBook } from "../../../protocol/book-api.ts";
import { ground } from "../parts/draw.ts";
import { type ListRow, listHints, listScene, pressList } from "../parts/list.ts";
import { monthWords } from "../parts/register-words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, Place, RemoteKey, Screen, ScreenContext } from "../screen.ts";

interface Row extends ListRow {
  readonly place: Place;
}

export class HistoryScreen implements Screen {
  readonly name = "history";
  readonly paged = true;
  readonly #context: ScreenContext;
  #rows: readonly Row[] | null = null;
  #focus = 0;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  async #load(): Promise<void> {
    const book = await this.#context.fetchJson<MonthsBook>("/api/books/months");
    this.#rows = rowsOf(book?.months ?? []);
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const facts = { heading: "学习记录", none: "还没有学习记录" };
    return [ground, ...listScene({ ...facts, rows: this.#rows, focus: this.#focus, sizes })];
  }

  hints(): readonly KeyHint[] {
    return this.#rows?.length === 0 ? [{ key: "返回", text: "首页" }] : listHints("打开", "首页");
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const rows = this.#rows ?? [];
    this.#focus = pressList(this.#focus, key, rows.length) ?? this.#focus;
    const row = rows[this.#focus];
    if (key === "ok" && row !== undefined) this.#context.go(row.place);
    this.#context.redraw();
    return true;
  }
}

function rowsOf(months: MonthsBook["months"]): Row[] {
  if (months.length === 0) return [];
  const lines = months.map(({ month, sessions, whole }): Row => {
    const isWhole = sessions === whole;
    const words = `${monthWords(month)}  ${sessions} 场`;
    return {
      words: isWhole ? `${words}  都齐全 ✔` : `${words}  齐全 ${whole} 场，▲ 有不齐全的`,
      place: { kind: "history-month", id: month ?? "none" },
    };
  });
  return [...lines, { words: "给检查的同志看：全年一览", place: { kind: "inspect" } }];
}
