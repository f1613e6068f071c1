/** 课后实践: what to try at home or to visit together, and how many will. */
import type { Task, View } from "../../../protocol/generated/types.ts";
import { centred, ground } from "../parts/draw.ts";
import { type Entered, enterNumber, numberScene } from "../parts/number-entry.ts";
import { rail } from "../parts/rail.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";

export class PractiseScreen implements Screen {
  readonly name = "practise";
  readonly #context: ScreenContext;
  #task: number;
  #heads: Entered = null;

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
    const { sizes } = this.#context;
    const head = [ground, ...rail(session.flow, session.item, sizes)];
    if (task === undefined) return [...head, centred(420, "回去试一试", sizes.display)];
    return [
      ...head,
      centred(150, task.kind === "try" ? "回去试一试" : "一起去看一看", sizes.audience, {
        colour: COLOURS.secondary,
      }),
      centred(250, task.text, sizes.title, { lines: 3 }),
      centred(620, "愿意的请举手", sizes.audience, { colour: COLOURS.secondary }),
      ...numberScene(this.#heads, 680, sizes),
    ];
  }

  hints(): KeyHint[] {
    return [
      { key: "◀▶", text: "加减 1" },
      { key: "▲▼", text: "加减 5" },
      { key: "确定", text: "登记,下一步" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    if (key === "ok") void this.#confirm();
    else {
      const next = enterNumber(this.#heads, key);
      if (next !== undefined) this.#heads = next;
    }
    this.#context.redraw();
    return true;
  }

  async #confirm(): Promise<void> {
    const task = this.#tasks[this.#task];
    const from = this.#session?.at ?? 0;
    if (task !== undefined) {
      const heads = this.#heads;
      const result = await this.#context.send({
        kind: "assign",
        task: task.id,
        heads,
        members: [],
      });
      if (!result.ok) {
        this.#context.toast(result.error.text);
        return;
      }
    }
    if (this.#task + 1 >= this.#tasks.length) {
      await this.#context.send({ kind: "advance", from });
      return;
    }
    this.#task += 1;
    await this.#context.send({ kind: "turn", card: this.#task });
    this.#begin();
    this.#context.redraw();
  }
}
