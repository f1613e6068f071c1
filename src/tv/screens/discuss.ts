/** 播后讨论: think, talk in pairs, share; a clock that never decides; notes by ticking points. */
import type { Topic, View } from "../../../protocol/generated/types.ts";
import { button, centred, ground, moved, text } from "../parts/draw.ts";
import { rail } from "../parts/rail.ts";
import { filmTime } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

const PHASES = ["先自己想一想", "两三个人说一说", "推一位同志讲一讲"] as const;
const PHASES_S = [30, 120, 60] as const;
const MINUTE_MS = 60_000;

export class DiscussScreen implements Screen {
  readonly name = "discuss";
  readonly #context: ScreenContext;
  readonly #stop: () => void;
  #topic: number;
  #phase = 0;
  #endsAtMs: number;
  #noting = false;
  #focus = 0;
  #points = new Set<number>();
  #doubts: boolean | null = null;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#topic = context.view().session?.card ?? 0;
    this.#endsAtMs = this.#phaseEnd();
    this.#readNote();
    this.#stop = context.every(1000, () => context.redraw());
  }

  get #session(): NonNullable<View["session"]> | null {
    return this.#context.view().session;
  }

  get #topics(): readonly Topic[] {
    return this.#session?.material?.discuss?.topics ?? [];
  }

  #phaseEnd(): number {
    const seconds = this.#session?.material?.discuss?.phasesS ?? PHASES_S;
    return this.#context.nowMs() + (seconds[this.#phase] ?? 60) * 1000;
  }

  /** What was noted before a restart, or before going back. */
  #readNote(): void {
    const note = this.#session?.notes[this.#topics[this.#topic]?.id ?? ""];
    this.#points = new Set(note?.points ?? []);
    this.#doubts = note?.doubts ?? null;
  }

  draw(): Scene {
    const session = this.#session;
    if (session === null) return [ground];
    const { sizes } = this.#context;
    const topic = this.#topics[this.#topic];
    return [
      ground,
      ...rail(session.flow, session.item, sizes),
      centred(160, topic?.text ?? "大家说一说今天学到了什么", sizes.title, { lines: 3 }),
      ...(this.#noting && topic !== undefined ? this.#drawNotes(topic) : this.#drawClock()),
    ];
  }

  #drawClock(): Scene {
    const { sizes } = this.#context;
    const leftMs = this.#endsAtMs - this.#context.nowMs();
    const over = leftMs <= 0;
    return [
      centred(520, PHASES[this.#phase] ?? "", sizes.audience, { colour: COLOURS.secondary }),
      centred(610, over ? "时间到" : filmTime(leftMs + 999), sizes.mega, {
        colour: over ? COLOURS.attention : COLOURS.focus,
      }),
      text({
        y: 890,
        text: `第 ${this.#topic + 1} 题,共 ${Math.max(1, this.#topics.length)} 题`,
        size: sizes.hint,
        align: "right",
        colour: COLOURS.secondary,
      }),
    ];
  }

  #drawNotes(topic: Topic): Scene {
    const { sizes } = this.#context;
    const rows = this.#rows(topic);
    const w = (SAFE.width - 40) / 2;
    return rows.flatMap(({ words, selected }, index) =>
      button({
        x: SAFE.left + (index % 2) * (w + 40),
        y: 480 + Math.floor(index / 2) * 148,
        w,
        text: words,
        size: sizes.operator,
        focused: index === this.#focus,
        selected,
      }),
    );
  }

  #rows(topic: Topic): { words: string; selected: boolean }[] {
    return [
      ...topic.points.slice(0, 4).map((words, index) => ({
        words: `说到了:${words}`,
        selected: this.#points.has(index),
      })),
      { words: "还有疑问", selected: this.#doubts === true },
      { words: "记好了", selected: false },
    ];
  }

  hints(): KeyHint[] {
    if (this.#noting) {
      return [
        { key: "确定", text: "选中" },
        { key: "▲▼◀▶", text: "移动" },
        { key: "返回", text: "不记了" },
      ];
    }
    return [
      { key: "确定", text: "下一步" },
      { key: "▲", text: "再加 1 分钟" },
      { key: "▼", text: "记要点" },
      { key: "◀", text: "上一步" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const handled = this.#noting ? this.#noteKey(key) : this.#clockKey(key);
    this.#context.redraw();
    return handled;
  }

  #clockKey(key: RemoteKey): boolean {
    if (key === "ok" || key === "right") this.#next();
    else if (key === "left") this.#toPhase(Math.max(0, this.#phase - 1));
    else if (key === "up") this.#endsAtMs = this.#addMinute();
    else if (key === "down") {
      this.#noting = this.#topics.length > 0;
      this.#focus = 0;
    } else return key !== "back";
    return true;
  }

  #addMinute(): number {
    return Math.max(this.#endsAtMs, this.#context.nowMs()) + MINUTE_MS;
  }

  #toPhase(phase: number): void {
    this.#phase = phase;
    this.#endsAtMs = this.#phaseEnd();
  }

  #next(): void {
    if (this.#phase + 1 < PHASES.length) {
      this.#toPhase(this.#phase + 1);
      return;
    }
    if (this.#topic + 1 < this.#topics.length) {
      this.#topic += 1;
      void this.#context.send({ kind: "turn", card: this.#topic });
      this.#readNote();
      this.#toPhase(0);
      return;
    }
    void this.#context.send({ kind: "advance", from: this.#session?.at ?? 0 });
  }

  #noteKey(key: RemoteKey): boolean {
    const topic = this.#topics[this.#topic];
    const step = { left: -1, right: 1, up: -2, down: 2 }[key as "left"];
    if (key === "back" || topic === undefined) this.#noting = false;
    else if (step !== undefined) this.#focus = moved(this.#focus, step, this.#rows(topic).length);
    else if (key === "ok") this.#choose(topic);
    return true;
  }

  #choose(topic: Topic): void {
    const points = Math.min(topic.points.length, 4);
    if (this.#focus < points) toggle(this.#points, this.#focus);
    else if (this.#focus === points) this.#doubts = this.#doubts !== true;
    else this.#saveNote(topic);
  }

  #saveNote({ id }: Topic): void {
    const points = [...this.#points].sort((a, b) => a - b);
    const note = { kind: "note", topic: id, points, speakers: [], doubts: this.#doubts } as const;
    void this.#context.send({ ...note, points, speakers: [] }).then((result) => {
      this.#context.toast(result.ok ? "已保存 ✔" : result.error.text);
    });
    this.#noting = false;
  }

  close(): void {
    this.#stop();
  }
}

function toggle(set: Set<number>, value: number): void {
  if (!set.delete(value)) set.add(value);
}
