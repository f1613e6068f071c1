/**
 * A hand that tries every key of every screen: what it has seen is a graph of states and keys, in
 * which traps and dead ends can be looked for. Nobody tells it what there is.
 *
 * A state is what a person would call the same picture: the screen, where the focus is, and which
 * keys are said to work. So the fifty names of a roll call are one state.
 */
import { FakeRandom } from "../../platform/fake/fake-random.ts";
import type { RemoteKey } from "../../src/tv/screen.ts";
import type { HeadlessTv } from "./headless-tv.ts";
import { SIX_KEYS } from "./remote-tables.ts";
import { breachesOf, focusBreaches, ringsOf, showsFocus } from "./standard.ts";

/** A state is many pictures: a key may lead elsewhere the second time. */
const TRIES = 2;
const OK_SHARE = 0.3;
const FILM_STEP_MS = 5000;

type Edges = Map<RemoteKey, Set<string>>;

export class KeyWalk {
  /** For each state, where its keys have led. */
  readonly seen = new Map<string, Edges>();
  readonly breaches = new Set<string>();
  #tv!: HeadlessTv;
  readonly #random: FakeRandom;
  #last: RemoteKey | null = null;
  readonly #tries = new Map<string, number>();

  constructor(seed: number) {
    this.#random = new FakeRandom(seed);
  }

  get state(): string {
    const { scene, place, texts } = this.#tv;
    const rings = ringsOf(scene).map(({ x, y, w, h }) => `${x},${y},${w},${h}`);
    const hints = texts.filter(({ text }) => text.startsWith("【")).map(({ text }) => text);
    return [place, ...rings, ...hints].join(" ");
  }

  /** From wherever this TV stands; what it sees is added to what was seen. */
  async walk(tv: HeadlessTv, presses: number): Promise<void> {
    this.#tv = tv;
    for (let press = 0; press < presses; press += 1) {
      this.#look();
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    const from = this.state;
    const key = this.#untried(from) ?? this.#wayOn(from);
    // All was tried: the film goes on, or the walk goes round once more.
    if (this.#tv.isBareFilm && key === null) return this.#tv.wait(FILM_STEP_MS);
    const pressed = key ?? "ok";
    await this.#tv.press(pressed);
    this.#last = pressed;
    const count = `${from} ${pressed}`;
    this.#tries.set(count, (this.#tries.get(count) ?? 0) + 1);
    edgesOf(this.seen, from, pressed).add(this.state);
  }

  #look(): void {
    const { place, scene } = this.#tv;
    if (!this.seen.has(this.state)) this.seen.set(this.state, new Map());
    const isSeen = this.#tv.isBareFilm || showsFocus(scene);
    const found = [...breachesOf(scene), ...focusBreaches(scene), ...(isSeen ? [] : ["no focus"])];
    for (const breach of found) this.breaches.add(`${place}: ${breach}`);
  }

  #untried(state: string): RemoteKey | null {
    const tried = (key: RemoteKey) => this.#tries.get(`${state} ${key}`) ?? 0;
    const open = SIX_KEYS.filter((key) => tried(key) < TRIES);
    // Twice in a row: a screen may want just that.
    if (this.#last !== null && open.includes(this.#last)) return this.#last;
    return open[0] ?? null;
  }

  /** A way that was seen once may be no way now: sometimes the hand just tries OK. */
  #wayOn(from: string): RemoteKey | null {
    const [chance = 0] = this.#random.bytes(1);
    return chance < OK_SHARE * 256 ? "ok" : this.#towardsUntried(from);
  }

  /** First key of the shortest known way to a state that has an untried key. */
  #towardsUntried(from: string): RemoteKey | null {
    const reached = new Map<string, RemoteKey | null>([[from, null]]);
    for (const [state, first] of reached) {
      if (first !== null && this.#untried(state) !== null) return first;
      const steps = this.#stepsFrom(state).filter(({ next }) => !reached.has(next));
      for (const { key, next } of steps) reached.set(next, first ?? key);
    }
    return null;
  }

  #stepsFrom(state: string): { key: RemoteKey; next: string }[] {
    const edges = [...(this.seen.get(state) ?? [])];
    return edges.flatMap(([key, nexts]) => [...nexts].map((next) => ({ key, next })));
  }

  /** States from which no known keys lead to one that fits. */
  trapped(fits: (state: string) => boolean): string[] {
    const good = new Set([...this.seen.keys()].filter(fits));
    for (let grown = -1; grown < good.size; ) {
      grown = good.size;
      for (const [state, edges] of this.seen) {
        const leads = [...edges.values()].some((nexts) =>
          [...nexts].some((next) => good.has(next)),
        );
        if (leads) good.add(state);
      }
    }
    return [...this.seen.keys()].filter((state) => !good.has(state));
  }

  /** Screens to which keys lead from the states that fit, by ways that were really gone. */
  placesFrom(fits: (state: string) => boolean): string[] {
    const reached = new Set([...this.seen.keys()].filter(fits));
    for (const state of reached) {
      for (const { next } of this.#stepsFrom(state)) reached.add(next);
    }
    return [...new Set([...reached].map((state) => state.split(" ")[0] ?? ""))].sort();
  }

  /** Keys that a state says work, and that were never seen to lead anywhere else. */
  deadEnds(): string[] {
    return [...this.seen].flatMap(([state, edges]) => {
      if (edges.size < SIX_KEYS.length) return [];
      return this.#stepsFrom(state).some(({ next }) => next !== state) ? [] : [state];
    });
  }
}

function edgesOf(seen: Map<string, Edges>, state: string, key: RemoteKey): Set<string> {
  const edges: Edges = seen.get(state) ?? new Map();
  seen.set(state, edges);
  const nexts = edges.get(key) ?? new Set<string>();
  edges.set(key, nexts);
  return nexts;
}
