/** 播后讨论 as it looks: the topic, what to do now, and a clock to be read from the last row. */
import type { Topic } from "../../../protocol/generated/types.ts";
import { button, ground, text } from "../parts/draw.ts";
import { fit } from "../parts/measure.ts";
import { PICK_HINTS, pickScene } from "../parts/pick-members-look.ts";
import { SessionMembers } from "../parts/session-members.ts";
import { stack } from "../parts/stack.ts";
import { BODY, type Session, stageGround } from "../parts/stage-ground.ts";
import { filmTime } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";
import { NOTE_COLUMNS, type Noting, noteRows } from "./discuss/notes.ts";
import {
  beginTalk,
  drawnWords,
  leftMs,
  mayDraw,
  PHASES_S,
  phaseWords,
  pressTalk,
  type TalkFacts,
  type TalkState,
} from "./discuss/talk.ts";

const SPOKEN = ["discuss-think", "discuss-pairs", "discuss-share"] as const;
const NOTES = { top: 228, row: 144, h: 120 } as const;

function freeTopic({ lessons }: Session): string {
  return lessons.length === 0 ? "大家说一说" : "大家说一说：今天学到了什么？";
}

export class DiscussScreen implements Screen {
  readonly name = "discuss";
  readonly #context: ScreenContext;
  readonly #stop: () => void;
  readonly #members: SessionMembers;
  #state: TalkState;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#members = new SessionMembers(context);
    this.#state = beginTalk(context.view().session?.card ?? 0, this.#facts());
    this.#stop = context.every(1000, () => context.redraw());
  }

  #facts(): TalkFacts {
    const { session } = this.#context.view();
    const discuss = session?.material?.discuss;
    return {
      topics: discuss?.topics ?? [],
      phasesS: discuss?.phasesS ?? PHASES_S,
      notes: session?.notes ?? {},
      members: this.#members.present,
      chance: session?.chance ?? 0,
      nowMs: this.#context.nowMs(),
      at: session?.at ?? 0,
    };
  }

  draw(): Scene {
    const { session } = this.#context.view();
    if (session === null) return [ground];
    const facts = this.#facts();
    const topic = facts.topics[this.#state.topic];
    return [...stageGround(session, this.#context), ...this.#drawBody(facts, session, topic)];
  }

  #drawBody(facts: TalkFacts, session: Session, topic: Topic | undefined): Scene {
    const { noting, pick } = this.#state;
    const { sizes } = this.#context;
    if (noting === null || topic === undefined) return this.#drawClock(facts, session, topic);
    if (pick === null) return this.#drawNotes(topic, noting);
    return pickScene({ heading: "谁发言了？", state: pick, members: facts.members, sizes });
  }

  #drawClock(facts: TalkFacts, session: Session, topic: Topic | undefined): Scene {
    const { sizes } = this.#context;
    const left = leftMs(this.#state, facts.nowMs);
    const count = facts.topics.length;
    const noted = topic !== undefined && session.notes[topic.id] !== undefined;
    return [
      ...stack(
        [
          {
            text: topic?.text ?? freeTopic(session),
            size: sizes.title,
            lines: 3,
            least: 64,
          },
          {
            text: drawnWords(this.#state, facts) ?? phaseWords(this.#state.phase, facts.phasesS),
            size: sizes.audience,
            lines: 2,
            colour: COLOURS.focus,
          },
          {
            // Upwards: a clock that says 0:00 has run out, and not before.
            text: left === 0 ? "时间到" : filmTime(left + 999),
            size: sizes.mega,
            least: 160,
            colour: left === 0 ? COLOURS.attention : COLOURS.text,
          },
        ],
        { top: BODY.top, bottom: 866, gap: 8 },
      ),
      text({
        y: 872,
        w: 1100,
        text: `第 ${this.#state.topic + 1} 题，共 ${Math.max(1, count)} 题  第 ${this.#state.phase + 1} 步，共 3 步`,
        size: sizes.hint,
        colour: COLOURS.secondary,
      }),
      text({
        x: 1240,
        w: SAFE.right - 1240,
        y: 872,
        text: noted ? "要点已记 ✔" : "",
        size: sizes.hint,
        align: "right",
        colour: COLOURS.present,
      }),
    ];
  }

  #drawNotes(topic: Topic, noting: Noting): Scene {
    const { sizes } = this.#context;
    const w = (SAFE.width - 40) / NOTE_COLUMNS;
    return [
      ...stack([{ text: "哪些说到了？说到的打勾", size: sizes.audience }], {
        top: 132,
        bottom: NOTES.top - 12,
      }),
      ...noteRows(topic, noting).flatMap(({ words, selected }, index) => {
        const size = fit(words, { from: sizes.audience, least: 44, lines: 1, w: w - 170 }).size;
        return button({
          x: SAFE.left + (index % NOTE_COLUMNS) * (w + 40),
          y: NOTES.top + Math.floor(index / NOTE_COLUMNS) * NOTES.row,
          w,
          h: NOTES.h,
          text: words,
          size,
          focused: index === noting.focus,
          selected,
          align: "left",
        });
      }),
    ];
  }

  speech(): Speech | null {
    if (this.#state.noting !== null) return null;
    if (leftMs(this.#state, this.#context.nowMs()) === 0) return sentence("discuss-time");
    return sentence(SPOKEN[this.#state.phase] ?? "discuss-share");
  }

  hints(): readonly KeyHint[] {
    if (this.#state.pick !== null) return PICK_HINTS;
    if (this.#state.noting !== null) {
      return [
        { key: "▲▼◀▶", text: "移动" },
        { key: "确定", text: "打勾" },
        { key: "返回", text: "不记了" },
      ];
    }
    return [
      { key: "确定", text: "下一步" },
      { key: "▲", text: "加 1 分钟" },
      { key: "▼", text: "记要点" },
      ...(mayDraw(this.#state) ? [{ key: "▶", text: "抽一个组" }] : []),
      { key: "◀", text: "上一步" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const turn = pressTalk(this.#state, key, this.#facts());
    if (turn === null) return key !== "back";
    this.#state = turn.state;
    if (turn.send !== undefined) void this.#send(turn.send);
    this.#context.redraw();
    return true;
  }

  async #send(intent: Parameters<ScreenContext["send"]>[0]): Promise<void> {
    const result = await this.#context.send(intent);
    if (!result.ok) this.#context.toast(result.error.text);
    else if (intent.kind === "note") this.#context.toast("要点已保存 ✔");
  }

  close(): void {
    this.#stop();
  }
}
