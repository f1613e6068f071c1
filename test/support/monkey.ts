/** A hand that knows no plan: seeded presses, more OK than others, and a film that is let run. */
import { FakeRandom } from "../../platform/fake/fake-random.ts";
import type { RemoteKey } from "../../src/tv/screen.ts";
import type { HeadlessTv } from "./headless-tv.ts";

const KEYS: readonly RemoteKey[] = ["ok", "up", "down", "left", "right", "back"];
const OK_SHARE = 0.45;
const WATCH_SHARE = 0.4;
const WATCH_MS = 5000;

export class Monkey {
  readonly #random: FakeRandom;
  readonly #keys: readonly RemoteKey[];

  constructor(seed: number, keys: readonly RemoteKey[] = KEYS) {
    this.#random = new FakeRandom(seed);
    this.#keys = keys;
  }

  #share(): number {
    const [high = 0, low = 0] = this.#random.bytes(2);
    return (high * 256 + low) / 65_536;
  }

  /** One press, or some seconds of film. */
  async act(tv: HeadlessTv): Promise<void> {
    const isWatching = tv.place === "film" && tv.view.session?.explaining === null;
    if (isWatching && this.#share() < WATCH_SHARE) return tv.wait(WATCH_MS);
    const any = this.#keys[Math.floor(this.#share() * this.#keys.length)] ?? "ok";
    await tv.press(this.#share() < OK_SHARE ? "ok" : any);
  }
}
