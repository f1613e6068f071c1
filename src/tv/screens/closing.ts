/** The closing sheet: the sum that must come out, then 核验码 for the paper register. */
import type { View } from "../../../protocol/generated/types.ts";
import type { MemberList } from "../../../protocol/page-api.ts";
import { ground, menu, moved } from "../parts/draw.ts";
import { stack } from "../parts/stack.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { widthOf } from "../text/typeset.ts";
import { COLOURS, HINT_BAR, SAFE } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";
import { paperOf } from "./paper.ts";

const UNMARKED_CHOICES = ["没登记的，都按未到", "回去接着点名"] as const;
/** The first claims nothing of the paper sheet: OK alone must not say what nobody looked at. */
const CHOICES = ["登记本场", "和纸质签到册一致，登记", "和纸质签到册不一样"] as const;

export class ClosingScreen implements Screen {
  readonly name = "closing";
  readonly #context: ScreenContext;
  #focus = 0;
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
  }

  get #session(): NonNullable<View["session"]> | null {
    return this.#context.view().session;
  }

  draw(): Scene {
    const session = this.#session;
    if (session === null) return [ground];
    if (session.closed === null) return this.#drawOpen(session);
    return session.practice ? this.#drawPractised() : this.#drawClosed(session.closed);
  }

  #drawOpen(session: NonNullable<View["session"]>): Scene {
    const { sizes } = this.#context;
    const { counts, heads } = session;
    const { P, L, V, A, G, Q, unmarked } = counts;
    const headWords = heads === null ? "现场人数没有清点" : `现场清点 ${heads} 人`;
    const guests = G + Q > 0 ? `  来宾 ${G + Q} 人` : "";
    const ask =
      unmarked > 0
        ? { text: `还有 ${unmarked} 位没有登记`, size: sizes.audience, colour: COLOURS.attention }
        : { text: "请与纸质签到册核对", size: sizes.audience, colour: COLOURS.focus };
    return [
      ground,
      ...stack(
        [
          { text: `《${session.title}》`, size: sizes.title },
          { text: `应到 ${counts.expected} = 到 ${P + L} + 缺 ${V + A}`, size: sizes.title },
          { text: `迟到 ${L}  请假 ${V}  未到 ${A}`, size: sizes.audience },
          { text: `${headWords}${guests}`, size: sizes.audience, colour: COLOURS.secondary },
          ask,
        ],
        { top: SAFE.top, bottom: 510, gap: 8 },
      ),
      ...menu({
        items: this.#choices(session),
        focus: this.#focus,
        x: 360,
        y: 526,
        w: 1200,
        size: Math.min(sizes.audience, 80),
      }),
    ];
  }

  #choices({ counts }: NonNullable<View["session"]>): readonly string[] {
    return counts.unmarked > 0 ? UNMARKED_CHOICES : CHOICES;
  }

  #drawPractised(): Scene {
    const { sizes } = this.#context;
    return [
      ground,
      ...stack(
        [
          { text: "练习完了 ✔", size: sizes.display, colour: COLOURS.present },
          { text: "什么都没有登记", size: sizes.title },
          {
            text: "真开会时，这里有核验码，可以抄在签到册上。",
            size: sizes.audience,
            lines: 2,
            colour: COLOURS.secondary,
          },
        ],
        { top: SAFE.top, bottom: HINT_BAR.top - 10 },
      ),
    ];
  }

  #drawClosed({ headCode, ending, evidence }: NonNullable<NonNullable<View["session"]>["closed"]>) {
    const { sizes } = this.#context;
    const title = ending === "done" ? "本场已登记 ✔" : "本场已收场";
    const grey = { colour: COLOURS.secondary };
    return [
      ground,
      ...stack(
        [
          { text: title, size: sizes.title, colour: COLOURS.present },
          { text: "核验码", size: sizes.audience, ...grey },
          { text: headCode, size: sizes.mega, colour: COLOURS.focus, lineHeight: 1.2 },
          { text: "可抄在签到册上", size: sizes.audience, ...grey },
          ...linesOf(evidence, sizes.hint).map((words) => ({
            text: words,
            size: sizes.hint,
            bold: false,
            ...grey,
          })),
        ],
        { top: SAFE.top, bottom: HINT_BAR.top - 10, gap: 12 },
      ),
    ];
  }

  speech(): Speech | null {
    const session = this.#session;
    if (session === null || session.practice === true) return null;
    return sentence(session.closed === null ? "closing" : "closed");
  }

  hints(): KeyHint[] {
    if (this.#session?.closed) return [{ key: "确定", text: "回首页" }];
    return [
      { key: "确定", text: "选中" },
      { key: "▲▼", text: "移动" },
      { key: "◀", text: "上一步" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const session = this.#session;
    if (session === null) return false;
    if (session.closed !== null) {
      if (key === "ok" || key === "back") void this.#context.send({ kind: "leave-closed" });
      return true;
    }
    if (key === "back") return false;
    if (key === "left") void this.#context.send({ kind: "retreat", from: session.at });
    const step = { up: -1, down: 1 }[key as "up"] ?? 0;
    this.#focus = moved(this.#focus, step, this.#choices(session).length);
    if (key === "ok") void this.#confirm(session);
    this.#context.redraw();
    return true;
  }

  async #confirm(session: NonNullable<View["session"]>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const isOpen = session.counts.unmarked > 0;
    if (isOpen && this.#focus === 1) this.#context.go({ kind: "late" });
    else if (this.#focus === 2) this.#context.go({ kind: "paper" });
    else await this.#register(session, !isOpen && this.#focus === 1);
    this.#busy = false;
  }

  /** @param isSame the paper sheet was looked at, and says the same */
  async #register(session: NonNullable<View["session"]>, isSame: boolean): Promise<void> {
    if (isSame && !(await this.#context.send(paperOf(session, []))).ok) return;
    await this.#closeSession(session);
  }

  async #closeSession(session: NonNullable<View["session"]>): Promise<void> {
    if (session.counts.unmarked > 0) await this.#markRest(session);
    const result = await this.#context.send({ kind: "close" });
    if (!result.ok) this.#context.toast(result.error.text);
  }

  /** One record for all of them: 未到. */
  async #markRest({ id, marks }: NonNullable<View["session"]>): Promise<void> {
    const list = await this.#context.fetchJson<MemberList>(`/api/members?session=${id}`);
    const rest = (list?.members ?? []).filter((member) => (marks[member.id] ?? "-") === "-");
    const [first, ...more] = rest.map((member): [string, "A"] => [member.id, "A"]);
    if (first === undefined) return;
    const result = await this.#context.send({ kind: "mark", how: "call", marks: [first, ...more] });
    if (!result.ok) this.#context.toast(result.error.text);
  }
}

/** So many lines of evidence have room below the 核验码. */
const EVIDENCE_LINES_MAX = 4;

/** Of the safe width: letters are measured a little too narrow, and a cut sentence says nothing. */
const JOINED_MAX = 0.8;

/** Sentences one after another, as many to a line as fit with a little air. */
function linesOf(evidence: readonly string[], size: number): string[] {
  const lines: string[] = [];
  for (const words of evidence) {
    const joined = [...lines.slice(-1), words].join("；");
    if (lines.length > 0 && widthOf(joined, size) <= SAFE.width * JOINED_MAX)
      lines.splice(-1, 1, joined);
    else lines.push(words);
  }
  return lines.slice(0, EVIDENCE_LINES_MAX);
}
