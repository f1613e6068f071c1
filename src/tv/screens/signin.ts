/**
 * 点名: one name at a time. OK is here, right is not here, left goes back, down is leave or late.
 * Every press is saved at once; after the last name the heads in the room are counted.
 */
import type { AttendanceStatus, View } from "../../../protocol/generated/types.ts";
import type { MemberCard, MemberList } from "../../../protocol/page-api.ts";
import { centred, ground, menu, moved, text } from "../parts/draw.ts";
import { type Entered, enterNumber, numberScene } from "../parts/number-entry.ts";
import { rail } from "../parts/rail.ts";
import { numberWords } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";

type Phase = "loading" | "call" | "other" | "heads" | "done";

const STATUS_WORDS: Readonly<Record<AttendanceStatus, string>> = {
  P: "已到 ✔",
  L: "迟到 ✔",
  X: "早退",
  V: "请假",
  A: "未到",
  "-": "",
};

const OTHERS: readonly { readonly words: string; readonly status: AttendanceStatus }[] = [
  { words: "请假", status: "V" },
  { words: "迟到", status: "L" },
];

/** Names of up to 25 characters must fit: they shrink, then take two lines. */
export function nameSize(
  name: string,
  mega: number,
  least: number,
): { size: number; lines: number } {
  const fitting = Math.floor(1700 / Math.max([...name].length, 1));
  if (fitting >= least) return { size: Math.min(mega, fitting), lines: 1 };
  return { size: least, lines: 2 };
}

export class SigninScreen implements Screen {
  readonly name = "signin";
  readonly #context: ScreenContext;
  #members: readonly MemberCard[] = [];
  #phase: Phase = "loading";
  #index = 0;
  #other = 0;
  #heads: Entered = null;
  #saving = 0;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  get #session(): NonNullable<View["session"]> | null {
    return this.#context.view().session;
  }

  async #load(): Promise<void> {
    const id = this.#session?.id ?? "";
    const list = await this.#context.fetchJson<MemberList>(`/api/members?session=${id}`);
    this.#members = list?.members ?? [];
    this.#toFirstUnmarked();
    this.#context.redraw();
  }

  /** After a restart the roll call goes on where it was. */
  #toFirstUnmarked(): void {
    const marks = this.#session?.marks ?? {};
    const index = this.#members.findIndex(({ id }) => (marks[id] ?? "-") === "-");
    this.#index = index < 0 ? this.#members.length : index;
    this.#phase = index < 0 ? this.#afterCall() : "call";
  }

  #afterCall(): Phase {
    return this.#session?.headsAsked === true ? "done" : "heads";
  }

  draw(): Scene {
    const session = this.#session;
    if (session === null) return [ground];
    const { sizes } = this.#context;
    return [ground, ...rail(session.flow, session.item, sizes), ...this.#body(session)];
  }

  #body(session: NonNullable<View["session"]>): Scene {
    if (this.#phase === "loading")
      return [centred(460, "正在读取名册…", this.#context.sizes.title)];
    if (this.#phase === "heads") return this.#drawHeads();
    if (this.#phase === "done") return this.#drawDone(session);
    return this.#drawCall(session);
  }

  #drawCall(session: NonNullable<View["session"]>): Scene {
    const member = this.#members[this.#index];
    if (member === undefined) return [];
    const { sizes } = this.#context;
    const { size, lines } = nameSize(member.name, sizes.mega, sizes.audience);
    const status = session.marks[member.id] ?? "-";
    const { counts } = session;
    const scene: Scene = [
      centred(170, `第 ${numberWords(member.no)} 号  ${member.group}`, sizes.audience, {
        colour: COLOURS.secondary,
      }),
      centred(290 + (200 - size) / 2, member.name, size, { lines }),
      centred(600, STATUS_WORDS[status] || "到了按【确定】,未到按【▶】", sizes.audience, {
        colour: status === "-" ? COLOURS.focus : COLOURS.present,
      }),
      text({
        y: 830,
        text: `已到 ${counts.P + counts.L}  未到 ${counts.A}  请假 ${counts.V}  还有 ${counts.unmarked} 人`,
        size: sizes.audience,
      }),
      text({
        y: 840,
        text: this.#savedWords(),
        size: sizes.operator,
        align: "right",
        colour: COLOURS.present,
      }),
    ];
    return this.#phase === "other" ? [...scene, ...this.#drawOther()] : scene;
  }

  #savedWords(): string {
    return this.#saving > 0 ? "正在保存…" : "已保存 ✔";
  }

  #drawOther(): Scene {
    const { audience } = this.#context.sizes;
    const items = OTHERS.map(({ words }) => words);
    return [
      { kind: "rect", x: 560, y: 420, w: 800, h: 420, colour: COLOURS.raised, radius: 24 },
      ...menu({ items, focus: this.#other, x: 640, y: 490, w: 640, size: audience }),
    ];
  }

  #drawHeads(): Scene {
    const { sizes } = this.#context;
    return [
      centred(180, "现场实到几人?", sizes.display),
      ...numberScene(this.#heads, 400, sizes),
      centred(740, "数一数再按。没有数,就直接按【确定】", sizes.audience, {
        colour: COLOURS.secondary,
      }),
    ];
  }

  #drawDone({ counts, heads }: NonNullable<View["session"]>): Scene {
    const { sizes } = this.#context;
    const present = counts.P + counts.L;
    const sum = present + counts.G + counts.Q;
    const apart = heads === null ? 0 : Math.abs(heads - sum);
    const words =
      apart === 0 ? "签到完成" : `签到 ${sum} 人,实到 ${heads} 人,相差 ${apart} 人,请核对`;
    return [
      centred(180, words, apart === 0 ? sizes.display : sizes.title, {
        colour: apart === 0 ? COLOURS.present : COLOURS.attention,
        lines: 2,
      }),
      centred(430, `应到 ${counts.expected}  到 ${present}`, sizes.display),
      centred(620, `未到 ${counts.A}  请假 ${counts.V}`, sizes.title),
      centred(
        790,
        apart === 0 ? "按【确定】往下进行" : "【◀】接着点名 · 【确定】按实登记",
        sizes.audience,
        {
          colour: COLOURS.focus,
        },
      ),
    ];
  }

  hints(): KeyHint[] {
    const back = { key: "返回", text: "先停一停" };
    if (this.#phase === "heads") {
      return [
        { key: "▲▼", text: "加减 5" },
        { key: "◀▶", text: "加减 1" },
        { key: "确定", text: "登记" },
        back,
      ];
    }
    if (this.#phase === "done") {
      return [{ key: "确定", text: "下一步" }, { key: "◀", text: "回去点名" }, back];
    }
    return [
      { key: "确定", text: "到" },
      { key: "▶", text: "未到" },
      { key: "◀", text: "上一位" },
      { key: "▼", text: "请假/迟到" },
      { key: "▲", text: "上一组" },
      back,
    ];
  }

  onKey(key: RemoteKey): boolean {
    const handled = this.#keyIn(key);
    this.#context.redraw();
    return handled;
  }

  #keyIn(key: RemoteKey): boolean {
    if (this.#phase === "call") return this.#callKey(key);
    if (this.#phase === "other") return this.#otherKey(key);
    if (this.#phase === "heads") return this.#headsKey(key);
    return this.#doneKey(key);
  }

  #callKey(key: RemoteKey): boolean {
    if (key === "ok") this.#mark("P");
    else if (key === "right") this.#mark("A");
    else if (key === "left") this.#index = moved(this.#index, -1, this.#members.length);
    else if (key === "up") this.#toPreviousGroup();
    else if (key === "down") this.#phase = "other";
    else return false;
    return true;
  }

  #otherKey(key: RemoteKey): boolean {
    if (key === "up") this.#other = moved(this.#other, -1, OTHERS.length);
    else if (key === "down") this.#other = moved(this.#other, 1, OTHERS.length);
    else {
      this.#phase = "call";
      const status = OTHERS[this.#other]?.status;
      if (key === "ok" && status !== undefined) this.#mark(status);
    }
    return true;
  }

  #headsKey(key: RemoteKey): boolean {
    if (key === "ok") {
      void this.#send({ kind: "headcount", heads: this.#heads });
      this.#phase = "done";
      return true;
    }
    const next = enterNumber(this.#heads, key);
    if (next === undefined) return false;
    this.#heads = next;
    return true;
  }

  #doneKey(key: RemoteKey): boolean {
    if (key === "ok") void this.#send({ kind: "advance", from: this.#session?.at ?? 0 });
    else if (key === "left") {
      this.#phase = this.#members.length > 0 ? "call" : "done";
      this.#index = Math.max(0, this.#members.length - 1);
    } else return false;
    return true;
  }

  #toPreviousGroup(): void {
    const group = this.#members[this.#index]?.group;
    const before = this.#members.slice(0, this.#index).filter((member) => member.group !== group);
    const target = before[before.length - 1]?.group;
    const index = this.#members.findIndex((member) => member.group === target);
    this.#index = Math.max(0, index);
  }

  #mark(status: AttendanceStatus): void {
    const member = this.#members[this.#index];
    if (member === undefined) return;
    const how = status === "L" ? "late" : "call";
    void this.#send({ kind: "mark", how, marks: [[member.id, status]] });
    this.#index += 1;
    if (this.#index >= this.#members.length) this.#phase = this.#afterCall();
  }

  async #send(intent: Parameters<ScreenContext["send"]>[0]): Promise<void> {
    this.#saving += 1;
    const result = await this.#context.send(intent);
    this.#saving -= 1;
    if (!result.ok) {
      this.#context.toast(result.error.text);
      this.#toFirstUnmarked();
    }
    this.#context.redraw();
  }
}
