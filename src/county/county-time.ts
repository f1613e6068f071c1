/**
 * The county's time out of its acknowledgements. One that covers a record is younger than the first
 * sending of that record, so that the county's `now` in it lies between the two: whatever a broker
 * delays or plays again makes the answer less exact, and never wrong. docs/formats/time.md.
 */
import type { Ack } from "../../protocol/generated/types.ts";

export interface CountyTimeSample {
  readonly mt0: number;
  readonly wall0: number;
  readonly unc: number;
  readonly rtt: number;
}

interface Sent {
  readonly epoch: string;
  readonly to: number;
  readonly atBootMs: number;
}

/** Batches on the way that are remembered; the window is smaller. */
const SENT_MAX = 64;
/** A later answer says too little to be worth a record. */
const RTT_MAX_MS = 120_000;

export class CountyTime {
  #sent: readonly Sent[] = [];
  /** What was acknowledged before tells nothing: an old answer to it may be played again. */
  readonly #answered = new Map<string, number>();

  /** A batch goes out. Sent again it keeps the moment of its first sending. */
  sent(epoch: string, to: number, atBootMs: number): void {
    if (to <= (this.#answered.get(epoch) ?? 0)) return;
    if (this.#sent.some((one) => one.epoch === epoch && one.to === to)) return;
    this.#sent = [...this.#sent, { epoch, to, atBootMs }].slice(-SENT_MAX);
  }

  /** An acknowledgement whose signature and hash are right came now; null: it tells no time. */
  acknowledged({ epoch, upTo, now }: Ack, bootMs: number): CountyTimeSample | null {
    const covered = this.#sent.filter((one) => one.epoch === epoch && one.to <= upTo);
    this.#sent = this.#sent.filter((one) => !covered.includes(one));
    this.#answered.set(epoch, Math.max(upTo, this.#answered.get(epoch) ?? 0));
    const newest = covered.reduce<Sent | null>(
      (best, one) => (best === null || one.to > best.to ? one : best),
      null,
    );
    const rtt = newest === null ? Number.POSITIVE_INFINITY : bootMs - newest.atBootMs;
    if (rtt < 0 || rtt > RTT_MAX_MS) return null;
    const unc = Math.ceil(rtt / 2);
    return { mt0: bootMs, wall0: now + unc, unc, rtt };
  }
}
