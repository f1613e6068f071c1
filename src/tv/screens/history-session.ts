/** One session of the past: 三簿一册, a book a page; from the 签到册 on to one member's handbook. */
import type { SessionDetail } from "../../../protocol/page-api.ts";
import { centred, ground, moved } from "../parts/draw.ts";
import { headScene, listScene, pressList } from "../parts/list.ts";
import { linesRoom, pageScene, paginate } from "../parts/pages.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { type BookPage, SIGNIN_PAGE, sessionPages } from "./history/session-pages.ts";

export class HistorySessionScreen implements Screen {
  readonly name = "history-session";
  readonly paged = true;
  readonly #context: ScreenContext;
  #detail: SessionDetail | null = null;
  #loaded = false;
  /** Which book. */
  #book = 0;
  /** A line of the 签到册, or a page of another book. */
  #focus = 0;

  constructor(context: ScreenContext, id: string) {
    this.#context = context;
    void this.#load(id);
  }

  async #load(id: string): Promise<void> {
    this.#detail = await this.#context.fetchJson<SessionDetail>(`/api/sessions/${id}`);
    this.#loaded = true;
    this.#context.redraw();
  }

  #books(): BookPage[] {
    const { utcOffsetMinutes } = this.#context.view().clock;
    return this.#detail === null ? [] : sessionPages(this.#detail, utcOffsetMinutes);
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const books = this.#books();
    const book = books[this.#book];
    if (this.#detail === null || book === undefined) {
      return [ground, centred(440, this.#loaded ? "这一场找不到了" : "正在读取…", sizes.audience)];
    }
    const heading = `${book.title}  《${this.#detail.register.title}》`;
    if (this.#book === SIGNIN_PAGE) {
      const rows = book.lines.map((words) => ({ words }));
      const facts = { heading, rows, focus: this.#focus, none: "没有应到的同志" };
      return [ground, ...listScene({ ...facts, sizes })];
    }
    return [ground, ...this.#drawLines(heading, book)];
  }

  #drawLines(heading: string, { lines }: BookPage): Scene {
    const { sizes } = this.#context;
    const room = linesRoom(sizes);
    const pages = paginate(lines, room);
    const page = Math.min(this.#focus, pages.length - 1);
    return [
      ...headScene(heading, `第 ${page + 1}/${pages.length} 页`, sizes),
      ...pageScene(pages[page] ?? [], room),
    ];
  }

  hints(): readonly KeyHint[] {
    const isList = this.#book === SIGNIN_PAGE;
    return [
      { key: "返回", text: "上一级" },
      { key: "◀▶", text: "换一本" },
      ...(isList ? [{ key: "确定", text: "看收视手册" }] : []),
      { key: "▲▼", text: isList ? "移动" : "翻页" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const books = this.#books();
    if (key === "left" || key === "right") {
      this.#book = moved(this.#book, key === "left" ? -1 : 1, books.length);
      this.#focus = 0;
    } else if (key === "ok") this.#openMember();
    else this.#focus = pressList(this.#focus, key, this.#count(books)) ?? this.#focus;
    this.#context.redraw();
    return true;
  }

  #count(books: readonly BookPage[]): number {
    const lines = books[this.#book]?.lines ?? [];
    if (this.#book === SIGNIN_PAGE) return lines.length;
    return paginate(lines, linesRoom(this.#context.sizes)).length;
  }

  #openMember(): void {
    const member = this.#detail?.members[this.#focus];
    if (this.#book !== SIGNIN_PAGE || member === undefined) return;
    this.#context.go({ kind: "member", id: member.id });
  }
}
