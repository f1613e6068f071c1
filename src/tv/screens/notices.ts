/** 通知: what the county says to this room, the newest first; unread ones carry a mark. */
import type { NoticeCard } from "../../../protocol/page-api.ts";
import { ground } from "../parts/draw.ts";
import { listHints, listScene, pressList } from "../parts/list.ts";
import { fullDay } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";

export class NoticesScreen implements Screen {
  readonly name = "notices";
  readonly paged = true;
  readonly #context: ScreenContext;
  #cards: readonly NoticeCard[] | null = null;
  #focus = 0;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#cards = (await this.#context.fetchJson<NoticeCard[]>("/api/notices")) ?? [];
    this.#focus = Math.min(this.#focus, Math.max(this.#cards.length - 1, 0));
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const facts = { heading: "县里的通知", none: "现在没有通知" };
    const rows = this.#cards?.map(rowOf) ?? null;
    return [ground, ...listScene({ ...facts, rows, focus: this.#focus, sizes })];
  }

  hints(): readonly KeyHint[] {
    return this.#cards?.length === 0 ? [{ key: "返回", text: "首页" }] : listHints("打开", "首页");
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const cards = this.#cards ?? [];
    this.#focus = pressList(this.#focus, key, cards.length) ?? this.#focus;
    const card = cards[this.#focus];
    if (key === "ok" && card !== undefined) this.#context.go({ kind: "notice", id: card.id });
    this.#context.redraw();
    return true;
  }

  /** One came, was withdrawn, or is over. */
  onView(): void {
    void this.#load();
  }
}

function rowOf({ title, from, on, read }: NoticeCard) {
  return { words: `${read ? "已看" : "▲ 没看"}  ${title}\n${fullDay(on)}  ${from}` };
}
