/** 点名 as it looks: the name as large as the screen allows, the sums below. */
import type { AttendanceStatus, Intent, View } from "../../../protocol/generated/types.ts";
import type { MemberCard, MemberList } from "../../../protocol/page-api.ts";
import { button, ground, text } from "../parts/draw.ts";
import { fitName } from "../parts/measure.ts";
import { rail } from "../parts/rail.ts";
import { stack } from "../parts/stack.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";
import {
  answerRoll,
  beginRoll,
  countRoll,
  DIFFERS_CHOICES,
  differenceWords,
  OTHER_CHOICES,
  pressRoll,
  type RollFacts,
  type RollState,
  settle,
  statusOf,
} from "./signin/roll-call.ts";
import { rollHints } from "./signin/roll-hints.ts";

const STATUS: Readonly<Record<AttendanceStatus, { words: string; colour: number }>> = {
  P: { words: "已到 ✔", colour: COLOURS.present },
  L: { words: "迟到,已到 ✔", colour: COLOURS.present },
  X: { words: "早退", colour: COLOURS.attention },
  V: { words: "请假", colour: COLOURS.attention },
  A: { words: "未到", colour: COLOURS.attention },
  "-": { words: "到了按【确定】,未到按【▶】", colour: COLOURS.focus },
};

const BODY = { top: 150, bottom: 930 } as const;
const PANEL = { x: 460, y: 380, w: 1000, h: 420 } as const;

export class SigninScreen implements Screen {
  readonly name = "signin";
  readonly #context: ScreenContext;
  #members: readonly MemberCard[] | null = null;
  #failed = false;
  #state: RollState;
  #waiting = 0;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#state = beginRoll(this.#facts());
    void this.#load();
  }

  #facts(): RollFacts {
    const session = this.#context.view().session;
    const counts = session?.counts;
    return {
      members: this.#members ?? [],
      marks: session?.marks ?? {},
      guests: (counts?.G ?? 0) + (counts?.Q ?? 0),
      heads: session?.heads ?? null,
      headsAsked: session?.headsAsked ?? false,
      at: session?.at ?? 0,
    };
  }

  async #load(): Promise<void> {
    const id = this.#context.view().session?.id ?? "";
    const list = await this.#context.fetchJson<MemberList>(`/api/members?session=${id}`);
    this.#failed = list === null;
    if (list !== null) {
      this.#members = list.members;
      this.#state = beginRoll(this.#facts());
    }
    this.#context.redraw();
  }

  draw(): Scene {
    const { session } = this.#context.view();
    if (session === null) return [ground];
    return [ground, ...rail(session.flow, session.item, this.#context.sizes), ...this.#body()];
  }

  #body(): Scene {
    if (this.#members === null) return this.#drawWaiting();
    switch (this.#state.phase) {
      case "call":
        return this.#drawCall();
      case "other":
        return [...this.#drawCall(), ...this.#drawOther()];
      case "heads":
        return this.#drawHeads();
      case "differs":
        return this.#drawDiffers();
      default:
        return this.#drawSummary();
    }
  }

  #drawWaiting(): Scene {
    const words = this.#failed ? "名册没有读到。按【确定】再试一次。" : "正在读取名册…";
    return stack([{ text: words, size: this.#context.sizes.title, lines: 2 }], BODY);
  }

  #drawCall(): Scene {
    const { sizes } = this.#context;
    const member = this.#members?.[this.#state.index];
    if (member === undefined) return [];
    const status = STATUS[statusOf(this.#facts(), this.#state, member.id)];
    const name = `${member.name}${[...member.name].length > 8 ? "" : "同志"}`;
    const { size, lines } = fitName(name, sizes.mega, 96, SAFE.width);
    const head = `第 ${member.no} 位${member.group === "" ? "" : `  ${member.group}`}`;
    return [
      ...stack([{ text: head, size: sizes.audience, colour: COLOURS.secondary, bold: false }], {
        top: 150,
        bottom: 270,
      }),
      ...stack([{ text: name, size, lines, least: size, lineHeight: 1.2 }], {
        ...{ top: 262, bottom: 590 },
      }),
      ...stack(
        [
          { text: status.words, size: sizes.audience, colour: status.colour },
          { text: "点错了?按【◀】", size: sizes.operator, colour: COLOURS.secondary, bold: false },
        ],
        { top: 590, bottom: 780, gap: 8 },
      ),
      ...this.#drawSums(),
    ];
  }

  #drawSums(): Scene {
    const { sizes } = this.#context;
    const { present, absent, leave, unmarked } = countRoll(this.#facts(), this.#state);
    const leaveWords = leave > 0 ? `  请假 ${leave}` : "";
    const saved = this.#savedWords();
    return [
      { kind: "rect", x: SAFE.left, y: 796, w: SAFE.width, h: 2, colour: COLOURS.raised },
      text({
        y: 808,
        w: saved.long ? SAFE.width : 1240,
        text: `到 ${present}  未到 ${absent}${leaveWords}  还有 ${unmarked} 位`,
        size: Math.min(sizes.audience, 64),
        bold: true,
      }),
      text({
        x: saved.long ? SAFE.left : 1340,
        w: saved.long ? SAFE.width : 484,
        y: saved.long ? 890 : 820,
        text: saved.words,
        size: saved.long ? sizes.hint : sizes.operator,
        align: saved.long ? "left" : "right",
        colour: saved.colour,
      }),
    ];
  }

  #savedWords(): { words: string; colour: number; long: boolean } {
    const { problem } = this.#state;
    if (problem !== null) {
      return { words: `✖ 没有保存:${problem}`, colour: COLOURS.error, long: true };
    }
    if (this.#waiting > 0) return { words: "正在保存…", colour: COLOURS.secondary, long: false };
    const counts = this.#context.view().session?.counts;
    const isFresh = counts === undefined || counts.unmarked === counts.expected;
    return { words: isFresh ? "" : "已保存 ✔", colour: COLOURS.present, long: false };
  }

  #drawOther(): Scene {
    const { audience } = this.#context.sizes;
    const { x, y, w, h } = PANEL;
    return [
      { kind: "rect", x: 0, y: 140, w: 1920, h: 800, colour: COLOURS.veil },
      { kind: "rect", x, y, w, h, colour: COLOURS.raised, radius: 24 },
      ...OTHER_CHOICES.flatMap(({ words }, index) =>
        button({
          x: x + 60,
          y: y + 60 + index * 164,
          w: w - 120,
          h: 136,
          text: words,
          size: audience,
          focused: index === this.#state.choice,
        }),
      ),
    ];
  }

  #drawHeads(): Scene {
    const { sizes } = this.#context;
    const { heads } = this.#state;
    return stack(
      [
        { text: "现场实到几人?", size: sizes.display },
        { text: heads === null ? "—" : String(heads), size: sizes.mega, colour: COLOURS.focus },
        {
          text: heads === null ? "没有数?直接按【确定】" : "数好了按【确定】",
          size: sizes.audience,
        },
        {
          text: `签到 ${countRoll(this.#facts(), this.#state).present + this.#facts().guests} 人`,
          size: sizes.audience,
          colour: COLOURS.secondary,
          bold: false,
        },
      ],
      BODY,
    );
  }

  #drawDiffers(): Scene {
    const { sizes } = this.#context;
    const words = differenceWords(this.#facts(), this.#state) ?? "";
    const w = (SAFE.width - 48) / 2;
    return [
      ...stack([{ text: words, size: sizes.title, lines: 3, colour: COLOURS.attention }], {
        top: 150,
        bottom: 660,
      }),
      ...DIFFERS_CHOICES.flatMap((choice, index) =>
        button({
          x: SAFE.left + index * (w + 48),
          y: 700,
          w,
          h: 170,
          text: choice,
          size: sizes.audience,
          focused: index === this.#state.choice,
        }),
      ),
    ];
  }

  #drawSummary(): Scene {
    const { sizes } = this.#context;
    const facts = this.#facts();
    const { present, absent, leave, late } = countRoll(facts, this.#state);
    const done = this.#state.phase === "done";
    const heads = facts.heads === null ? "没有数" : `${facts.heads} 人`;
    const more = [leave > 0 ? `请假 ${leave}` : "", late > 0 ? `其中迟到 ${late}` : ""];
    return stack(
      [
        {
          text: done ? "签到登记好了 ✔" : "名字点完了",
          size: sizes.title,
          colour: COLOURS.present,
        },
        { text: `到 ${present}  未到 ${absent}`, size: sizes.display },
        { text: more.join("  ").trim(), size: sizes.audience },
        { text: done ? `现场实到:${heads}` : "", size: sizes.audience },
        {
          text: done ? "按【确定】开始学习" : "按【确定】数一数现场人数",
          size: sizes.audience,
          colour: COLOURS.focus,
        },
        {
          text: this.#state.problem === null ? "" : `✖ ${this.#state.problem}`,
          size: sizes.operator,
          colour: COLOURS.error,
        },
      ],
      BODY,
    );
  }

  hints(): readonly KeyHint[] {
    return this.#members === null
      ? [{ key: "返回", text: "先停一停" }]
      : rollHints(this.#state.phase);
  }

  onKey(key: RemoteKey): boolean {
    if (this.#members === null) return this.#waitingKey(key);
    const turn = pressRoll(this.#state, key, this.#facts());
    if (turn === null) return key !== "back";
    this.#state = turn.state;
    if (turn.send !== undefined) void this.#send(turn.send);
    this.#context.redraw();
    return true;
  }

  #waitingKey(key: RemoteKey): boolean {
    if (key === "ok" && this.#failed) {
      this.#failed = false;
      void this.#load();
      this.#context.redraw();
    }
    return key !== "back";
  }

  async #send(intent: Intent): Promise<void> {
    this.#waiting += 1;
    const result = await this.#context.send(intent);
    this.#waiting -= 1;
    this.#state = answerRoll(this.#state, intent, result.ok ? null : result.error.text);
    this.#context.redraw();
  }

  onView(view: View): void {
    this.#state = settle(this.#state, view.session?.marks ?? {});
    this.#context.redraw();
  }
}
