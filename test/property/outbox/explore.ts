/** Breadth-first over every state that can come about, and backwards from the good ends. */
import { keyOf, type Model, type World } from "./world.ts";

export interface Findings {
  readonly states: number;
  readonly settled: number;
  /** Settled states in which something that was written is not at the county. */
  readonly losing: number;
  /** The shortest way to the first of them, as states. */
  readonly shortest: number | null;
  readonly doubling: number;
  /** States from which no settled state can be reached any more. */
  readonly stuck: number;
}

/** Numbers of states. */
interface Seen {
  readonly ends: number[];
  readonly losses: number[];
  readonly doubles: number[];
}

/** A bound that is too wide must fail, not fill the machine. */
const STATES_MAX = 300_000;

export class Explorer {
  readonly #model: Model;
  readonly #states: World[] = [];
  readonly #depths: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  constructor(model: Model) {
    this.#model = model;
  }

  /** @param enough stop at the first loss: what a bad variant does further is of no interest */
  explore(enough: boolean): Findings {
    const seen: Seen = { ends: [], losses: [], doubles: [] };
    this.#note(this.#model.first(), null);
    for (let at = 0; at < this.#states.length; at += 1) {
      this.#look(at, seen);
      if (enough && seen.losses.length > 0) return this.#tell(seen, 0);
      for (const next of this.#model.next(this.#states[at] as World)) this.#note(next, at);
    }
    return this.#tell(seen, this.#states.length - this.#countReaching(seen.ends));
  }

  #look(at: number, { ends, losses, doubles }: Seen): void {
    const world = this.#states[at] as World;
    if (this.#states.length > STATES_MAX) throw new Error("more states than a test can visit");
    if (this.#model.doubled(world) !== "") doubles.push(at);
    if (!this.#model.isSettled(world)) return;
    ends.push(at);
    if (this.#model.missing(world) !== "") losses.push(at);
  }

  #tell({ ends, losses, doubles }: Seen, stuck: number): Findings {
    const [first] = losses;
    return {
      states: this.#states.length,
      settled: ends.length,
      losing: losses.length,
      shortest: first === undefined ? null : (this.#depths[first] ?? null),
      doubling: doubles.length,
      stuck,
    };
  }

  #note(world: World, from: number | null): void {
    const key = keyOf(world);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#states.length;
      this.#numbers.set(key, number);
      this.#states.push(world);
      this.#depths.push(from === null ? 0 : (this.#depths[from] ?? 0) + 1);
    }
    if (from === null) return;
    this.#from.push(from);
    this.#to.push(number);
  }

  #countReaching(ends: readonly number[]): number {
    const before: number[][] = this.#states.map(() => []);
    for (const [at, from] of this.#from.entries()) before[this.#to[at] ?? 0]?.push(from);
    const reached = new Set(ends);
    // A set goes on to what was added while it is walked.
    for (const state of reached) for (const from of before[state] ?? []) reached.add(from);
    return reached.size;
  }
}
