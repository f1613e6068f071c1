/** 补课: what is owed, held now or registered; names only where somebody is picked. */
import type { MakeupBook } from "../../../protocol/book-api.ts";
import type { NamedMember } from "../../../protocol/member-directory.ts";
import { ground, menu, moved } from "../parts/draw.ts";
import { listHints, listScene, pressList } from "../parts/list.ts";
import { beginPick, type PickState, pressPick } from "../parts/pick-members.ts";
import { PICK_HINTS, pickScene } from "../parts/pick-members-look.ts";
import { stack } from "../parts/stack.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";
import {
  beginOf,
  choicesFor,
  type MakeupAct,
  type Owed,
  owedRows,
  owedWords,
  registerOf,
} from "./makeup/owed.ts";

type Registered = Exclude<MakeupAct, "begin">;

export class MakeupScreen implements Screen {
  readonly name = "makeup";
  readonly paged = true;
  readonly #context: ScreenContext;
  #owed: readonly Owed[] | null = null;
  #focus = 0;
  /** Null: the list is shown. */
  #chosen: Owed | null = null;
  #choice = 0;
  #picking: { readonly act: Registered; readonly pick: PickState } | null = null;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  async #load(): Promise<void> {
    const book = await this.#context.fetchJson<MakeupBook>("/api/books/makeup");
    this.#owed = book === null ? [] : owedRows(book);
    this.#focus = moved(this.#focus, 0, this.#owed.length);
    this.#context.redraw();
  }

  draw(): Scene {
    return [ground, ...this.#body()];
  }

  #body(): Scene {
    const { sizes } = this.#context;
    if (this.#chosen === null) return this.#drawList();
    if (this.#picking === null) return this.#drawChosen(this.#chosen);
    const heading = this.#picking.act === "home" ? "给谁送学上门了？" : "谁补过课了？";
    const members = this.#people(this.#chosen);
    return pickScene({ heading, state: this.#picking.pick, members, sizes });
  }

  #drawList(): Scene {
    const { utcOffsetMinutes } = this.#context.view().clock;
    const rows = this.#owed?.map((owed) => ({ words: owedWords(owed, utcOffsetMinutes) })) ?? null;
    const facts = { heading: "补课", rows, focus: this.#focus, none: "没有要补的课 ✔" };
    return listScene({ ...facts, sizes: this.#context.sizes });
  }

  #drawChosen(owed: Owed): Scene {
    const { sizes } = this.#context;
    const { utcOffsetMinutes } = this.#context.view().clock;
    const [title = "", why = ""] = owedWords(owed, utcOffsetMinutes).split("\n");
    const items = choicesFor(owed).map(({ words }) => words);
    return [
      ...stack(
        [
          { text: title, size: sizes.title, lines: 2 },
          { text: why, size: sizes.audience, lines: 2, colour: COLOURS.secondary },
        ],
        { top: 60, bottom: 480 },
      ),
      ...menu({ items, focus: this.#choice, x: 360, y: 500, w: 1200, size: sizes.operator }),
    ];
  }

  #people(owed: Owed) {
    return owed.kind === "stage" ? [] : owed.lesson.people.map(toCard);
  }

  hints(): readonly KeyHint[] {
    if (this.#picking !== null) return PICK_HINTS;
    if (this.#chosen !== null) {
      return [
        { key: "确定", text: "选中" },
        { key: "▲▼", text: "移动" },
        { key: "返回", text: "换一课" },
      ];
    }
    const isEmpty = this.#owed?.length === 0;
    return isEmpty ? [{ key: "返回", text: "首页" }] : listHints("打开", "首页");
  }

  onKey(key: RemoteKey): boolean {
    const handled = this.#press(key);
    this.#context.redraw();
    return handled;
  }

  #press(key: RemoteKey): boolean {
    if (this.#chosen === null) return this.#pressRow(key);
    if (this.#picking !== null) this.#pressPick(this.#chosen, this.#picking, key);
    else this.#pressChoice(this.#chosen, key);
    return true;
  }

  #pressRow(key: RemoteKey): boolean {
    const owed = this.#owed ?? [];
    this.#focus = pressList(this.#focus, key, owed.length) ?? this.#focus;
    if (key === "ok") {
      this.#chosen = owed[this.#focus] ?? null;
      this.#choice = 0;
    }
    return key !== "back";
  }

  #pressChoice(owed: Owed, key: RemoteKey): void {
    const choices = choicesFor(owed);
    const step = { up: -1, down: 1 }[key as "up"];
    if (key === "back") this.#chosen = null;
    else if (step !== undefined) this.#choice = moved(this.#choice, step, choices.length);
    else if (key === "ok") this.#act(owed, choices[this.#choice]?.act);
  }

  #act(owed: Owed, act: MakeupAct | undefined): void {
    if (act === "begin") void this.#context.send(beginOf(owed));
    else if (act === "unit") void this.#register(owed, act, []);
    else if (act !== undefined) this.#picking = { act, pick: beginPick([]) };
  }

  #pressPick(
    owed: Owed,
    { act, pick }: { readonly act: Registered; readonly pick: PickState },
    key: RemoteKey,
  ): void {
    if (key !== "back") {
      this.#picking = { act, pick: pressPick(pick, key, this.#people(owed)) ?? pick };
      return;
    }
    this.#picking = null;
    if (pick.chosen.length > 0) void this.#register(owed, act, pick.chosen);
  }

  async #register(owed: Owed, act: Registered, members: readonly string[]): Promise<void> {
    const result = await this.#context.send(registerOf(owed, act, members));
    if (!result.ok) return;
    const words = act === "home" ? "已登记送学上门 ✔" : "已登记补课 ✔";
    this.#context.toast(words);
    this.#chosen = null;
    await this.#load();
  }
}

function toCard({ id, no, text }: NamedMember) {
  const rest = { group: "", initials: "", branch: null, management: null };
  return { id, no: no ?? 0, name: text, ...rest };
}
