/** 课后实践: what to try at home or to visit together, how many will, and who. */
import type { HandCount, Task, View } from "../../../protocol/generated/types.ts";
import { ground } from "../parts/draw.ts";
import { enterHand, handHints, handWords } from "../parts/hand-entry.ts";
import { beginPick, type PickState, pressPick } from "../parts/pick-members.ts";
import { pickScene, WILL_HINTS } from "../parts/pick-members-look.ts";
import { SessionMembers } from "../parts/session-members.ts";
import { stack } from "../parts/stack.ts";
import { BODY, stageGround } from "../parts/stage-ground.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";

export class PractiseScreen implements Screen {
  readonly name = "practise";
  readonly #context: ScreenContext;
  readonly #members: SessionMembers;
  #task: number;
  #heads: HandCount = null;
  #willTry: readonly string[] = [];
  #hindered: readonly string[] = [];
  /** Null: the task is shown, not the names. */
  #pick: PickState | null = null;
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#members = new SessionMembers(context);
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
    const known = this.#session?.assigned[this.#tasks[this.#task]?.id ?? ""];
    this.#heads = known?.heads ?? null;
    this.#willTry = known?.members ?? [];
    this.#hindered = known?.hindered ?? [];
  }

  draw(): Scene {
    const session = this.#session;
    const task = this.#tasks[this.#task];
    if (session === null) return [ground];
    return [...stageGround(session, this.#context), ...this.#body(task)];
  }

  #body(task: Task | undefined): Scene {
    const { sizes } = this.#context;
    if (task === undefined) {
      return stack([{ text: "回去试一试", size: sizes.display }], BODY);
    }
    if (this.#pick === null) return this.#drawTask(task);
    const heading = task.kind === "try" ? "谁回去试一试？" : "谁去看一看？";
    const { present: members } = this.#members;
    return pickScene({ heading, state: this.#pick, members, sizes });
  }

  #drawTask(task: Task): Scene {
    const { sizes } = this.#context;
    const unit = typeof this.#heads === "number" ? " 人" : "";
    const willing = this.#willTry.length === 0 ? "" : `记了 ${this.#willTry.length} 位的名字。`;
    const hindered = this.#hindered.length === 0 ? "" : `有困难 ${this.#hindered.length} 位。`;
    return stack(
      [
        {
          text: task.kind === "try" ? "回去试一试" : "一起去看一看",
          size: sizes.audience,
          colour: COLOURS.secondary,
        },
        { text: task.text, size: sizes.title, lines: 3, least: 64 },
        { text: "愿意的请举手", size: sizes.audience, colour: COLOURS.focus },
        { text: `${handWords(this.#heads)}${unit}`, size: sizes.mega, least: 160 },
        {
          text: `${willing}${hindered}下次看看做到没有`,
          size: sizes.operator,
          colour: COLOURS.secondary,
        },
      ],
      { ...BODY, gap: 8 },
    );
  }

  speech(): Speech | null {
    return this.#pick === null ? sentence("practise") : null;
  }

  hints(): readonly KeyHint[] {
    if (this.#pick !== null) return WILL_HINTS;
    const isClear = this.#heads === null || this.#isSaved();
    const ok = { key: "确定", text: "记下，下一步" };
    const back = { key: "返回", text: isClear ? "菜单" : "清除" };
    if (this.#heads !== null) return [ok, back, ...handHints(this.#heads)];
    return [
      ok,
      back,
      { key: "▶▲", text: "数人数" },
      { key: "◀", text: "记名字" },
      { key: "▼", text: "估一估" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const handled = this.#pick === null ? this.#taskKey(key) : this.#pickKey(this.#pick, key);
    this.#context.redraw();
    return handled;
  }

  #taskKey(key: RemoteKey): boolean {
    if (key === "back") return this.#clear();
    if (key === "ok") void this.#confirm();
    else if (key === "left" && this.#heads === null)
      this.#pick = beginPick(this.#willTry, this.#hindered);
    else this.#enter(enterHand(this.#heads, key));
    return true;
  }

  #enter(heads: HandCount | undefined): void {
    if (heads !== undefined) this.#heads = heads;
  }

  /** What is registered is not cleared: Back then leads to the menu, as on —. */
  #clear(): boolean {
    if (this.#heads === null || this.#isSaved()) return false;
    this.#heads = null;
    return true;
  }

  #isSaved(): boolean {
    const known = this.#session?.assigned[this.#tasks[this.#task]?.id ?? ""];
    if (known === undefined || known.heads !== this.#heads) return false;
    const names = [known.members.join(), (known.hindered ?? []).join()];
    return names.join(";") === [this.#willTry.join(), this.#hindered.join()].join(";");
  }

  /** As many heads as names, until somebody counts others. */
  #pickKey(pick: PickState, key: RemoteKey): boolean {
    if (key !== "back") {
      this.#pick = pressPick(pick, key, this.#members.present) ?? pick;
      return true;
    }
    this.#pick = null;
    this.#willTry = pick.chosen;
    this.#hindered = pick.hindered ?? [];
    this.#heads = pick.chosen.length === 0 ? null : pick.chosen.length;
    const task = this.#tasks[this.#task];
    // Names cost presses: they are saved before anything can be lost.
    const isNamed = pick.chosen.length > 0 || this.#hindered.length > 0;
    if (task !== undefined && isNamed) void this.#assign(task);
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
    if (this.#isSaved()) return true;
    const heads = this.#heads;
    const members = [...this.#willTry] as never;
    const trouble = this.#hindered.length === 0 ? {} : { hindered: [...this.#hindered] as never };
    const result = await this.#context.send({
      kind: "assign",
      task: id,
      heads,
      members,
      ...trouble,
    });
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
