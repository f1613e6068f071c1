/**
 * Brings a list of blobs, one after the other, with patience that has an end.
 *
 * - X1. A blob is tried until it is here, or `TRIES_MAX` tries brought nothing.
 * - X2. What no other blob could do better against ends the run: a stop, an empty budget, a portal,
 *   a refusal, the disk.
 */
import type { Random } from "../../platform/ports/random.ts";
import type { Timer } from "../../platform/ports/timer.ts";
import type {
  BlobFetcher,
  BlobOutcome,
  BlobSource,
  BlobTry,
  Throttle,
  WantedBlob,
} from "./blob-fetcher.ts";
import { BURST_BYTES, type Bucket, backOffMs, takeTokens } from "./pace.ts";
import type { StopSignal } from "./stop.ts";

export interface FetchRunOptions {
  readonly fetcher: Pick<BlobFetcher, "fetch">;
  /** The first is asked first; the next when it gave wrong answers `WRONGS_MAX` times. */
  readonly sources: readonly BlobSource[];
  readonly stop: StopSignal;
  readonly timer: Timer;
  readonly random: Random;
  readonly bytesPerSecond: number;
  readonly budgetBytes: number;
  /** Called before each blob. False: there is no room for it, and the run ends. */
  makeRoom?(blob: WantedBlob): Promise<boolean>;
  /** Called after each blob that is here now. */
  onCommitted?(blob: WantedBlob): Promise<void> | void;
}

export type RunEnd =
  | "done"
  | "stopped"
  | "over-budget"
  | "portal"
  | "refused"
  | "bad-origin"
  | "unreachable"
  | "no-space"
  | "disk-failed";

export interface FetchReport {
  readonly end: RunEnd;
  readonly fetchedBytes: number;
  readonly committed: readonly string[];
  /** Not at the origin. */
  readonly missing: readonly string[];
  /** Given up for now. */
  readonly left: readonly string[];
}

/** Tries of one blob that brought nothing (docs/formats/cache.md). */
const TRIES_MAX = 5;
/** Wrong answers of one source in a run. */
const WRONGS_MAX = 3;
/** Blobs given up one after the other: the line is down, and the others would fare no better. */
const LEFT_IN_A_ROW_MAX = 2;

export async function runFetches(
  blobs: readonly WantedBlob[],
  options: FetchRunOptions,
): Promise<FetchReport> {
  return new FetchRun(options).all(blobs);
}

type Step = RunEnd | "here" | "again" | "missing" | "left";

class FetchRun {
  readonly #options: FetchRunOptions;
  readonly #throttle: RunThrottle;
  readonly #report = {
    committed: [] as string[],
    missing: [] as string[],
    left: [] as string[],
  };
  #source = 0;
  #wrongs = 0;
  #leftInARow = 0;

  constructor(options: FetchRunOptions) {
    this.#options = options;
    this.#throttle = new RunThrottle(options);
  }

  async all(blobs: readonly WantedBlob[]): Promise<FetchReport> {
    for (const blob of blobs) {
      const hasRoom = (await this.#options.makeRoom?.(blob)) ?? true;
      const end = hasRoom ? await this.#one(blob) : "no-space";
      if (end !== null) return this.#finish(end);
    }
    return this.#finish("done");
  }

  #finish(end: RunEnd): FetchReport {
    return { end, fetchedBytes: this.#throttle.fetchedBytes, ...this.#report };
  }

  /** Null: on with the next. */
  async #one(blob: WantedBlob): Promise<RunEnd | null> {
    let fruitless = 0;
    let heldBytes = 0;
    for (;;) {
      const tried = await this.#try(blob);
      const isProgress = tried.heldBytes > heldBytes;
      heldBytes = tried.heldBytes;
      fruitless = isProgress ? 0 : fruitless + 1;
      const step = this.#judge(tried.outcome, fruitless);
      if (step !== "again") return this.#settle(blob, step);
      await this.#pause(tried.outcome, fruitless);
    }
  }

  async #try(wanted: WantedBlob): Promise<BlobTry> {
    const { fetcher, sources, stop } = this.#options;
    const source = sources[this.#source];
    if (source === undefined) {
      return { outcome: { kind: "bad-origin" }, fetchedBytes: 0, heldBytes: 0 };
    }
    return fetcher.fetch({ wanted, source, stop, throttle: this.#throttle });
  }

  #judge(outcome: BlobOutcome, fruitless: number): Step {
    switch (outcome.kind) {
      case "committed":
        return "here";
      case "missing":
        return "missing";
      case "wait":
      case "network":
        return fruitless >= TRIES_MAX ? "left" : "again";
      case "wrong-bytes":
      case "bad-origin":
        return this.#judgeWrong(outcome);
      default:
        return outcome.kind;
    }
  }

  #judgeWrong(outcome: BlobOutcome): Step {
    // The end of an old part may be what a power cut left; that is not the origin's doing.
    if (outcome.kind === "wrong-bytes" && outcome.resumed) return "again";
    this.#wrongs += 1;
    if (this.#wrongs < WRONGS_MAX) return "again";
    this.#wrongs = 0;
    this.#source += 1;
    return this.#source < this.#options.sources.length ? "again" : "bad-origin";
  }

  async #settle(blob: WantedBlob, step: Exclude<Step, "again">): Promise<RunEnd | null> {
    this.#leftInARow = step === "left" ? this.#leftInARow + 1 : 0;
    if (step === "here") {
      this.#report.committed.push(blob.sha256);
      await this.#options.onCommitted?.(blob);
      return null;
    }
    if (step === "missing" || step === "left") {
      this.#report[step].push(blob.sha256);
      return this.#leftInARow >= LEFT_IN_A_ROW_MAX ? "unreachable" : null;
    }
    return step;
  }

  async #pause(outcome: BlobOutcome, fruitless: number): Promise<void> {
    const { timer, stop, random } = this.#options;
    const told = outcome.kind === "wait" ? outcome.afterMs : null;
    const wait = timer.wait(told ?? backOffMs(fruitless, chanceOf(random)));
    const deaf = stop.onStop(() => wait.cancel());
    await wait.over;
    deaf();
  }
}

function chanceOf(random: Random): number {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return (a * 65_536 + b * 256 + c) / 2 ** 24;
}

/** The cap on the line, and the bytes of a night. */
class RunThrottle implements Throttle {
  readonly #options: FetchRunOptions;
  #bucket: Bucket;
  fetchedBytes = 0;

  constructor(options: FetchRunOptions) {
    this.#options = options;
    this.#bucket = { tokens: BURST_BYTES, atMs: options.timer.nowMs() };
  }

  get hasBudget(): boolean {
    return this.fetchedBytes < this.#options.budgetBytes;
  }

  async spent(bytes: number): Promise<void> {
    const { timer, bytesPerSecond, stop } = this.#options;
    this.fetchedBytes += bytes;
    const now = { ms: timer.nowMs(), rate: bytesPerSecond };
    const { bucket, waitMs } = takeTokens(this.#bucket, bytes, now);
    this.#bucket = bucket;
    if (waitMs === 0) return;
    const wait = timer.wait(waitMs);
    const deaf = stop.onStop(() => wait.cancel());
    await wait.over;
    deaf();
  }
}
