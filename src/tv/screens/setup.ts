/** The first set-up of a TV: remote, county, size of texts, sound; the settings lead to it too. */
import type { View } from "../../../protocol/generated/types.ts";
import type { MachineState } from "../../../protocol/page-api.ts";
import { ground } from "../parts/draw.ts";
import { perform, type Turned } from "../parts/turn.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { type Speech, sentence } from "../voice/speaker.ts";
import { learnRemote } from "./setup/remote-check.ts";
import {
  afterRemote,
  beginSetup,
  pressSetup,
  type SetupFacts,
  type SetupState,
  whenEnrolled,
} from "./setup/setup.ts";
import { setupHints, setupScene } from "./setup/setup-look.ts";

export class SetupScreen implements Screen {
  readonly name = "setup";
  readonly #context: ScreenContext;
  #state: SetupState;
  #boxId: string | null = null;

  constructor(context: ScreenContext) {
    this.#context = context;
    const { screen, learnedKeys = [] } = context.view().site;
    this.#state = beginSetup(screen, learnedKeys);
    void this.#load();
  }

  async #load(): Promise<void> {
    const machine = await this.#context.fetchJson<MachineState>("/api/machine");
    this.#boxId = machine?.boxId ?? null;
    this.#context.redraw();
  }

  get #facts(): SetupFacts {
    return { enrolled: this.#context.view().site.enrolled === true };
  }

  draw(): Scene {
    const { sizes } = this.#context;
    return [ground, ...setupScene({ state: this.#state, boxId: this.#boxId, sizes })];
  }

  speech(): Speech {
    return sentence(`setup-${this.#state.step}`);
  }

  hints(): readonly KeyHint[] {
    return setupHints(this.#state);
  }

  onKey(key: RemoteKey): boolean {
    if (this.#state.step === "sound" && key === "up") this.#context.chime();
    this.#turn(pressSetup(this.#state, key, this.#facts));
    return true;
  }

  onUnknownKey(name: string): void {
    if (this.#state.step !== "remote") return;
    const remote = learnRemote(this.#state.remote, name);
    this.#turn(afterRemote({ ...this.#state, remote }, this.#facts));
  }

  #turn(turn: Turned<SetupState>): void {
    if (turn === null) return;
    const before = this.#state.step;
    this.#state = turn.state;
    if (turn.state.step === "sound" && before !== "sound") this.#context.chime();
    void perform(this.#context, turn);
    this.#context.redraw();
  }

  onView(_view: View): void {
    this.#turn({ state: whenEnrolled(this.#state, this.#facts) });
  }
}
