/** 签到: by roll call, by numbers, or by absentees; the models and looks lie in `signin/`. */
import type { Intent, View } from "../../../protocol/generated/types.ts";
import type { MemberCard, MemberList } from "../../../protocol/page-api.ts";
import { ground } from "../parts/draw.ts";
import { rail } from "../parts/rail.ts";
import { stack } from "../parts/stack.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";
import type { SentenceId } from "../voice/sentences.ts";
import { type Speech, sentence } from "../voice/speaker.ts";
import { readTasks } from "./read-tasks.ts";
import { answerRoll, beginRoll, pressRoll, settle } from "./signin/roll-call.ts";
import { inGroupOrder, isByGroup } from "./signin/roll-groups.ts";
import { rollHints } from "./signin/roll-hints.ts";
import { BODY, rollScene } from "./signin/roll-look.ts";
import type { RollFacts, RollState, SavedWords } from "./signin/roll-state.ts";

const SPOKEN: Partial<Record<RollState["phase"], SentenceId>> = {
  call: "signin-call",
  codes: "signin-codes",
  heads: "signin-heads",
  differs: "signin-differs",
  done: "signin-done",
};

export class SigninScreen implements Screen {
  readonly name = "signin";
  readonly #context: ScreenContext;
  #members: readonly MemberCard[] | null = null;
  #failed = false;
  #state: RollState;
  #waiting = 0;
  /** Tasks of earlier sessions are asked about before this one goes on. */
  #hasTasks = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#state = beginRoll(this.#facts());
    void this.#load();
    void this.#loadTasks();
  }

  /** A practice knows nothing of what was really promised. */
  async #loadTasks(): Promise<void> {
    if (this.#context.view().session?.practice === true) return;
    this.#hasTasks = (await readTasks(this.#context)).length > 0;
  }

  #facts(): RollFacts {
    const { session, site } = this.#context.view();
    const counts = session?.counts;
    const digits = site.hasDigits === undefined ? {} : { hasDigits: site.hasDigits };
    return {
      members: this.#members ?? [],
      marks: session?.marks ?? {},
      guests: (counts?.G ?? 0) + (counts?.Q ?? 0),
      heads: session?.heads ?? null,
      headsAsked: session?.headsAsked ?? false,
      at: session?.at ?? 0,
      ...digits,
    };
  }

  async #load(): Promise<void> {
    const id = this.#context.view().session?.id ?? "";
    const list = await this.#context.fetchJson<MemberList>(`/api/members?session=${id}`);
    this.#failed = list === null;
    if (list !== null) {
      this.#members = inGroupOrder(list.members);
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
    const { sizes } = this.#context;
    if (this.#members === null) return this.#drawWaiting();
    const saved = this.#savedWords();
    return rollScene({ state: this.#state, facts: this.#facts(), sizes, saved });
  }

  #drawWaiting(): Scene {
    const words = this.#failed ? "名册没有读到。按【确定】再试一次。" : "正在读取名册…";
    return stack([{ text: words, size: this.#context.sizes.title, lines: 2 }], BODY);
  }

  #savedWords(): SavedWords {
    const { problem } = this.#state;
    if (problem !== null) {
      return { words: `✖ 没有保存：${problem}`, colour: COLOURS.error, long: true };
    }
    if (this.#waiting > 0) return { words: "正在保存…", colour: COLOURS.secondary, long: false };
    const counts = this.#context.view().session?.counts;
    const isFresh = counts === undefined || counts.unmarked === counts.expected;
    return { words: isFresh ? "" : "已保存 ✔", colour: COLOURS.present, long: false };
  }

  /** Once a phase: names are read out by the person who calls them. */
  speech(): Speech | null {
    const spoken = this.#members === null ? undefined : SPOKEN[this.#state.phase];
    return spoken === undefined ? null : sentence(spoken);
  }

  hints(): readonly KeyHint[] {
    return this.#members === null
      ? [{ key: "返回", text: "先停一停" }]
      : rollHints(this.#state.phase, isByGroup(this.#members));
  }

  onKey(key: RemoteKey): boolean {
    if (this.#members === null) return this.#waitingKey(key);
    const turn = pressRoll(this.#state, key, this.#facts());
    if (turn === null) return key !== "back";
    this.#state = turn.state;
    if (turn.go !== undefined) this.#context.go(turn.go);
    else if (turn.send?.kind === "advance" && this.#hasTasks) this.#context.go({ kind: "tasks" });
    else if (turn.send !== undefined) void this.#send(turn.send);
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
