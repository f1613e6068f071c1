/**
 * Writes down what the time was, whenever somebody who knows says so: `time.fix` records, once a
 * boot and source, and again when it matters. Nothing else of the box sets a clock.
 *
 * - W1. A source that goes on saying the same is recorded once a boot.
 * - W2. One that contradicts what is known is recorded: both are kept.
 * - W3. A clock gone mad fills no disk: at most eight records a boot.
 */
import type { Clock } from "../../platform/ports/clock.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { TimeSync } from "../../platform/ports/time-sync.ts";
import { carry, gapBetween, widthOf } from "../../protocol/time-bounds.ts";
import { CONFLICT_MS, type TimeFix } from "../../protocol/time-evidence.ts";
import type { Moment, TimeLine } from "../../protocol/time-line.ts";
import type { Register } from "../register/register.ts";

export interface TimeKeeperOptions {
  readonly register: Pick<Register, "append" | "fold" | "bootOrdinal">;
  readonly clock: Pick<Clock, "bootMs" | "wallUnixMs">;
  readonly sync: TimeSync;
  /** The time is better known now. */
  onFix(): void;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

const FIXES_PER_BOOT_MAX = 8;
/** An uncertainty that has grown beyond this is worth a better fix. */
const WIDE_MS = 10_000;
/** What a machine that keeps its clock by NTP may be off, on a line of seconds. */
const NTP_UNC_MS = 2000;
const NTP_DRIFT = 50e-6;
/** A clock that was last set so long ago is not kept right any more. */
const NTP_AGE_MAX_MS = 7 * 86_400_000;

export class TimeKeeper {
  readonly #options: TimeKeeperOptions;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: TimeKeeperOptions) {
    this.#options = options;
  }

  /** Looks whether the machine keeps its clock right. To be called now and then. */
  async lookAtSync(): Promise<void> {
    const { sync, clock } = this.#options;
    const reading = await sync.read();
    if (reading.kind !== "synced" || (reading.ageMs ?? 0) > NTP_AGE_MAX_MS) return;
    const unc = NTP_UNC_MS + Math.ceil((reading.ageMs ?? 0) * NTP_DRIFT);
    await this.hear({ mt0: clock.bootMs(), wall0: clock.wallUnixMs(), unc, source: "ntp" });
  }

  /** Resolves when it was written, or was not worth it. */
  hear(fix: TimeFix & { readonly rtt?: number }): Promise<void> {
    this.#queue = this.#queue.then(() => this.#hearNow(fix));
    return this.#queue;
  }

  async #hearNow(fix: TimeFix & { readonly rtt?: number }): Promise<void> {
    const { register, log, onFix } = this.#options;
    const { bootOrdinal: bt, fold } = register;
    if (fix.source === "operator" || !isWorthWriting(fix, bt, fold.times)) return;
    const { mt0, wall0, unc, source, rtt } = fix;
    const d = { bt, mt0, wall0, unc, source, ...(rtt === undefined ? {} : { rtt }) };
    try {
      await register.append({ k: "time.fix", d });
      onFix();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // The source will say it again.
      log("time not written", { why: error.message });
    }
  }
}

/** W1, W2, W3 */
export function isWorthWriting(fix: TimeFix, ordinal: number, times: TimeLine): boolean {
  const known = times.fixesOf(ordinal);
  if (known.length >= FIXES_PER_BOOT_MAX) return false;
  const own = known.filter(({ source }) => source === fix.source);
  if (own.length === 0) return true;
  if (own.every((other) => isApart(fix, other))) return true;
  const now: Moment = times.at(ordinal, fix.mt0);
  return widthOf(now) > 2 * WIDE_MS && 4 * fix.unc < widthOf(now);
}

function isApart(fix: TimeFix, { mt0, wall0, unc }: TimeFix): boolean {
  const other = carry({ lo: wall0 - unc, hi: wall0 + unc }, mt0, fix.mt0);
  return gapBetween({ lo: fix.wall0 - fix.unc, hi: fix.wall0 + fix.unc }, other) > CONFLICT_MS;
}
