/**
 * 来宾 in the sign-in: who belongs to the room's other lists (双管、流动党员 of the roster), and heads
 * that are counted only. A 流动党员 of no roster is one of the records; the name stays on paper.
 */
import type { Intent, View } from "../../../protocol/generated/types.ts";
import type { MemberCard, MemberList } from "../../../protocol/page-api.ts";
import { button, ground, moved, text } from "../parts/draw.ts";
import { beginPick, type PickState, pressPick } from "../parts/pick-members.ts";
import { PICK_HINTS, pickScene } from "../parts/pick-members-look.ts";
import { stack } from "../parts/stack.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

const ROWS = ["mobile", "G", "Q", "welcome"] as const;
type GuestRow = (typeof ROWS)[number];

/** The page types no names: what is written in the book of guests in their place. */
const NAME_ON_PAPER = "姓名见纸质签到册";

type Session = NonNullable<View["session"]>;

export class GuestsScreen implements Screen {
  readonly name = "guests";
  readonly #context: ScreenContext;
  #welcome: readonly MemberCard[] = [];
  #row = 0;
  #pick: PickState | null = null;
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  async #load(): Promise<void> {
    const id = this.#session?.id ?? "";
    const list = await this.#context.fetchJson<MemberList>(`/api/members?session=${id}`);
    this.#welcome = list?.welcome ?? [];
    this.#context.redraw();
  }

  get #session(): Session | null {
    return this.#context.view().session;
  }

  #rows(): readonly GuestRow[] {
    return this.#welcome.length > 0 ? ROWS : ROWS.slice(0, 3);
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const session = this.#session;
    if (session === null) return [ground];
    if (this.#pick !== null) {
      const facts = { heading: "哪几位来了？", state: this.#pick, members: this.#welcome, sizes };
      return [ground, ...pickScene(facts)];
    }
    return [
      ground,
      text({ y: 54, text: "来宾：不算在应到里", size: sizes.operator, bold: true }),
      ...this.#rows().flatMap((row, index) => this.#drawRow(row, index, session)),
      ...stack([{ text: FOOT, size: sizes.operator, lines: 2, colour: COLOURS.secondary }], {
        top: 820,
        bottom: 930,
      }),
    ];
  }

  #drawRow(row: GuestRow, index: number, session: Session): Scene {
    const words = rowWords(row, session, this.#present());
    return button({
      x: SAFE.left,
      y: 160 + index * 164,
      w: SAFE.width,
      h: 138,
      text: words,
      size: Math.min(this.#context.sizes.audience, 80),
      focused: index === this.#row,
      align: "left",
    });
  }

  /** Of those who are welcome by the roster. */
  #present(): string[] {
    const marks = this.#session?.marks ?? {};
    return this.#welcome
      .filter(({ id }) => marks[id] === "P" || marks[id] === "L")
      .map((m) => m.id);
  }

  hints(): readonly KeyHint[] {
    if (this.#pick !== null) return PICK_HINTS;
    const back = { key: "返回", text: "好了，回去" };
    if (this.#rows()[this.#row] === "welcome") {
      return [{ key: "确定", text: "选名字" }, { key: "▲▼", text: "移动" }, back];
    }
    const count = { key: "◀▶", text: "减 1 加 1" };
    return [{ key: "确定", text: "好了" }, count, { key: "▲▼", text: "移动" }, back];
  }

  onKey(key: RemoteKey): boolean {
    const handled = this.#pick === null ? this.#rowKey(key) : this.#pickKey(this.#pick, key);
    this.#context.redraw();
    return handled;
  }

  #rowKey(key: RemoteKey): boolean {
    const row = this.#rows()[this.#row];
    if (key === "up" || key === "down") {
      this.#row = moved(this.#row, key === "up" ? -1 : 1, this.#rows().length);
    } else if (row === "welcome" && key === "ok") this.#pick = beginPick(this.#present());
    else if (row !== undefined && row !== "welcome") this.#step(row, key);
    if (key === "ok" && row !== "welcome") this.#context.back();
    return key !== "back";
  }

  #step(row: Exclude<GuestRow, "welcome">, key: RemoteKey): void {
    const session = this.#session;
    const by = { left: -1, right: 1 }[key as "left"];
    const intent = session === null || by === undefined ? null : stepOf(row, by, session);
    if (intent !== null) void this.#send(intent);
  }

  #pickKey(pick: PickState, key: RemoteKey): boolean {
    if (key !== "back") {
      this.#pick = pressPick(pick, key, this.#welcome) ?? pick;
      return true;
    }
    this.#pick = null;
    const before = new Set(this.#present());
    const marks = this.#welcome
      .filter(({ id }) => pick.chosen.includes(id) !== before.has(id))
      .map(({ id }) => [id, pick.chosen.includes(id) ? "P" : "-"]);
    if (marks.length > 0) void this.#send({ kind: "mark", how: "call", marks: marks as never });
    // Home is never more than four presses away.
    this.#context.back();
    return true;
  }

  async #send(intent: Intent): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    await this.#context.send(intent);
    this.#busy = false;
    this.#context.redraw();
  }
}

const FOOT = "名字请写在纸质签到册上。";

function mobileOf({ guests = [] }: Session) {
  return guests.filter(({ as }) => as === "mobile");
}

function rowWords(row: GuestRow, session: Session, present: readonly string[]): string {
  const { G, Q } = session.counts;
  switch (row) {
    case "mobile":
      return `流动党员  ◀ ${mobileOf(session).length} 人 ▶`;
    case "G":
      return `列席人员  ◀ ${G - mobileOf(session).length} 人 ▶`;
    case "Q":
      return `群众  ◀ ${Q} 人 ▶`;
    case "welcome":
      return `双管、协管党员  到 ${present.length} 位`;
  }
}

/** Null: there is nobody to take back. A guest of no roster is a record with an id of its own. */
function stepOf(row: Exclude<GuestRow, "welcome">, by: number, session: Session): Intent | null {
  if (row === "mobile") {
    const last = mobileOf(session).slice(-1)[0];
    if (by > 0) return { kind: "add-guest", name: NAME_ON_PAPER, as: "mobile" };
    return last === undefined ? null : { kind: "strike-guest", guest: last.id };
  }
  const { G, Q } = session.counts;
  const next = { G, Q, [row]: session.counts[row] + by };
  const least = row === "G" ? mobileOf(session).length : 0;
  return next[row] < least ? null : { kind: "guests", ...next };
}
