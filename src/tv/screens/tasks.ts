/**
 * 上次说要试的,做到没有? The tasks of earlier sessions that have no result yet, one a screen, before
 * the new lesson begins. OK alone asks again next time and writes nothing.
 */
import type { TaskLine } from "../../../protocol/book-api.ts";
import type { Intent, TaskEnding } from "../../../protocol/generated/types.ts";
import type { NamedMember } from "../../../protocol/member-directory.ts";
import type { MemberCard } from "../../../protocol/page-api.ts";
import { button, ground, moved } from "../parts/draw.ts";
import { fit } from "../parts/measure.ts";
import { beginPick, type PickState, pressPick } from "../parts/pick-members.ts";
import { PICK_HINTS, pickScene } from "../parts/pick-members-look.ts";
import { handsWords } from "../parts/register-words.ts";
import { SessionMembers } from "../parts/session-members.ts";
import { stack } from "../parts/stack.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";
import { readTasks } from "./read-tasks.ts";

const CHOICES: readonly { readonly words: string; readonly ending: TaskEnding | null }[] = [
  { words: "下次再问", ending: null },
  { words: "做到了", ending: "done" },
  { words: "做到一部分", ending: "partly" },
  { words: "不做了", ending: "dropped" },
];
const COLUMNS = 2;

export class TasksScreen implements Screen {
  readonly name = "tasks";
  readonly #context: ScreenContext;
  readonly #members: SessionMembers;
  #tasks: readonly TaskLine[] | null = null;
  #at = 0;
  #choice = 0;
  /** Who did it; null: the task is shown. */
  #pick: { readonly ending: TaskEnding; readonly state: PickState } | null = null;
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#members = new SessionMembers(context);
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#tasks = await readTasks(this.#context);
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const task = this.#tasks?.[this.#at];
    if (task === undefined) {
      return [ground, ...stack([{ text: "正在读取…", size: sizes.title }], BODY)];
    }
    if (this.#pick === null) return [ground, ...this.#drawTask(task)];
    const heading = task.kind === "outing" ? "谁去了？" : "谁做到了？";
    const members = this.#asked(task);
    return [ground, ...pickScene({ heading, state: this.#pick.state, members, sizes })];
  }

  #drawTask({ text: words, heads, people, hindered }: TaskLine): Scene {
    const { sizes } = this.#context;
    const who = people.length === 0 ? "" : people.map(({ text }) => text).join("、");
    const trouble = hindered.length === 0 ? "" : `  有困难 ${hindered.length} 位`;
    const willing = heads === null ? "" : `上次愿意的 ${handsWords(heads)}`;
    return [
      ...stack(
        [
          { text: "上次说要试的，做到没有？", size: sizes.audience, colour: COLOURS.secondary },
          { text: words, size: sizes.title, lines: 3, least: 64 },
          { text: `${willing}${trouble}`.trim(), size: sizes.operator, colour: COLOURS.secondary },
          { text: who, size: sizes.operator, lines: 2, bold: false, colour: COLOURS.secondary },
        ],
        { top: 60, bottom: 600, gap: 12 },
      ),
      ...CHOICES.flatMap((choice, index) => this.#drawChoice(choice.words, index)),
    ];
  }

  #drawChoice(words: string, index: number): Scene {
    const w = (SAFE.width - 48) / COLUMNS;
    const { audience } = this.#context.sizes;
    return button({
      x: SAFE.left + (index % COLUMNS) * (w + 48),
      y: 630 + Math.floor(index / COLUMNS) * 160,
      w,
      h: 132,
      text: words,
      size: fit(words, { from: audience, least: 64, lines: 1, w: w - 80 }).size,
      focused: index === this.#choice,
    });
  }

  hints(): readonly KeyHint[] {
    if (this.#pick !== null) return PICK_HINTS;
    return [
      { key: "确定", text: "选中" },
      { key: "▲▼◀▶", text: "移动" },
      { key: "返回", text: "上一步" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const handled = this.#pick === null ? this.#taskKey(key) : this.#pickKey(this.#pick, key);
    this.#context.redraw();
    return handled;
  }

  #taskKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const step = { left: -1, right: 1, up: -COLUMNS, down: COLUMNS }[key as "left"];
    if (step !== undefined) this.#choice = moved(this.#choice, step, CHOICES.length);
    if (key === "ok") this.#choose();
    return true;
  }

  #choose(): void {
    const ending = CHOICES[this.#choice]?.ending ?? null;
    const task = this.#tasks?.[this.#at];
    const hasNames = task !== undefined && this.#asked(task).length > 0;
    if (ending === null) void this.#next();
    else if (ending === "dropped" || !hasNames) void this.#report(ending, []);
    else this.#pick = { ending, state: beginPick([]) };
  }

  /** Who may have done it: whoever took it on, in spite of a difficulty too; an outing, all. */
  #asked({ kind, people, hindered }: TaskLine): readonly MemberCard[] {
    return kind === "outing" ? this.#members.present : [...people, ...hindered].map(toCard);
  }

  #pickKey(
    { ending, state }: { readonly ending: TaskEnding; readonly state: PickState },
    key: RemoteKey,
  ): boolean {
    if (key === "back") {
      this.#pick = null;
      // Nobody picked: it was opened by mistake.
      if (state.chosen.length > 0) void this.#report(ending, state.chosen);
      return true;
    }
    const task = this.#tasks?.[this.#at];
    const members = task === undefined ? [] : this.#asked(task);
    this.#pick = { ending, state: pressPick(state, key, members) ?? state };
    return true;
  }

  async #report(ending: TaskEnding, did: readonly string[]): Promise<void> {
    const task = this.#tasks?.[this.#at];
    if (task === undefined || this.#busy) return;
    this.#busy = true;
    const result = await this.#context.send(reportOf(task, ending, did));
    this.#busy = false;
    if (!result.ok) return;
    this.#context.toast("已登记 ✔");
    await this.#next();
  }

  /** After the last of them the session goes on. */
  async #next(): Promise<void> {
    this.#choice = 0;
    this.#at += 1;
    if (this.#at < (this.#tasks?.length ?? 0)) return this.#context.redraw();
    this.#at -= 1;
    const from = this.#context.view().session?.at ?? 0;
    const result = await this.#context.send({ kind: "advance", from });
    if (result.ok) this.#context.back();
  }
}

function toCard({ id, no, text }: NamedMember): MemberCard {
  const rest = { group: "", initials: "", branch: null, management: null };
  return { id, no: no ?? 0, name: text, ...rest };
}

const BODY = { top: 150, bottom: 930 } as const;

/** An outing has a sign-in of its own; a task at home has those who did it. */
export function reportOf(
  { session, item, task, kind }: TaskLine,
  ending: TaskEnding,
  did: readonly string[],
): Intent {
  const heads = did.length === 0 ? null : did.length;
  const base = { kind: "report-task", session: session.id, item, task, ending, heads } as const;
  if (kind === "outing") {
    return { ...base, marks: did.map((member) => [member, "P", "call"]) as never };
  }
  return { ...base, marks: [], did: [...did] as never };
}
