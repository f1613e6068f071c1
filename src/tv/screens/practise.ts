/** 课后实践: what to try at home or to visit together, and how many will. */
import type { Task, View } from "../../../protocol/generated/types.ts";
import { ground } from "../parts/draw.ts";
import { type Entered, enterNumber } from "../parts/number-entry.ts";
import { stack } from "../parts/stack.ts";
import { BODY, stageGround } from "../parts/stage-ground.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";

export class PractiseScreen implements Screen {
  readonly name = "practise";
  readonly #context: ScreenContext;
  #task: number;
  #heads: Entered = null;
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#task = context.view().session?.card ?? 0;
    this.#begin();
  }

  get #session(): NonNullable<View["session"]> | null {
    return this.#context.view().session;
  }

  get #tasks(): readonly Task[] {
    return this.#session?.material?.practise?.tasks ?? [];
  }

  #begin(): void {
    const known = this.#session?.assigned[this.#tasks[this.#task]?.id ?? ""]?.heads;
    this.#heads = typeof known === "number" ? known : null;
  }

  draw(): Scene {
    const session = this.#session;
    const task = this.#tasks[this.#task];
    if (session === null) return [ground];
    return [...stageGround(session, this.#context), ...this.#drawTask(task)];
  }

  #drawTask(task: Task | undefined): Scene {
    const { sizes } = this.#context;
    if (task === undefined) {
      return stack([{ text: "回去试一试", size: sizes.display }], BODY);
    }
    return stack(
      [
        {
          text: task.kind === "try" ? "回去试一试" : "一起去看一看",
          size: sizes.audience,
          colour: COLOURS.secondary,
        },
        { text: task.text, size: sizes.title, lines: 3, least: 64 },
        { text: "愿意的请举手", size: sizes.audience, colour: COLOURS.focus },
        { text: this.#heads === null ? "—" : `${this.#heads} 人`, size: sizes.mega, least: 160 },
        { text: "下次看看做到没有", size: sizes.operator, colour: COLOURS.secondary },
      ],
      { ...BODY, gap: 8 },
    );
  }

  hints(): KeyHint[] {
    return [
      { key: "◀▶", text: "减 1 加 1" },
      { key: "▲▼", text: "加 5 减 5" },
      { key: "确定", text: "记下,下一步" },
      { key: "返回", text: this.#heads === null ? "菜单" : "清除" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back" && this.#heads === null) return false;
    if (key === "back") this.#heads = null;
    else if (key === "ok") void this.#confirm();
    else {
      const next = enterNumber(this.#heads, key);
      if (next !== undefined) this.#heads = next;
    }
    this.#context.redraw();
    return true;
  }

  async #confirm(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const task = this.#tasks[this.#task];
    const from = this.#session?.at ?? 0;
    if (task === undefined || (await this.#assign(task))) await this.#next(from);
    this.#busy = false;
    this.#context.redraw();
  }

  async #assign({ id }: Task): Promise<boolean> {
    const heads = this.#heads;
    const result = await this.#context.send({ kind: "assign", task: id, heads, members: [] });
    if (!result.ok) this.#context.toast(result.error.text);
    return result.ok;
  }

  async #next(from: number): Promise<void> {
    if (this.#task + 1 >= this.#tasks.length) {
      const result = await this.#context.send({ kind: "advance", from });
      if (!result.ok) this.#context.toast(result.error.text);
      return;
    }
    this.#task += 1;
    await this.#context.send({ kind: "turn", card: this.#task });
    this.#begin();
  }
}
