/** Reads what the outbox plans and sends it, one batch after the other. */
import type { CountyLinkOptions } from "./county-ports.ts";
import type { CountyTime } from "./county-time.ts";
import { type BatchPlan, noteSent, type Outbox, planBatch } from "./outbox.ts";
import { makeRecordBatch } from "./record-batch.ts";

/** A batch must fit a message of 64 KiB with its hashes, escaped twice. */
const BATCH_BYTES_MAX = 32 * 1024;

type SenderOptions = Pick<CountyLinkOptions, "register" | "clock" | "log"> & {
  readonly time: CountyTime;
};

/** The one place where the outbox is kept; it changes while a batch is read from the disk. */
export interface OutboxCell {
  read(): Outbox;
  write(outbox: Outbox): void;
}

export class RecordSender {
  readonly #options: SenderOptions;
  readonly #send: (text: string) => Promise<void>;
  #draining = false;

  constructor(options: SenderOptions, send: (text: string) => Promise<void>) {
    this.#options = options;
    this.#send = send;
  }

  /** Sends until the window is full or nothing is left. One run at a time. */
  async drain(cell: OutboxCell): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let plan = planBatch(cell.read()); plan !== null; plan = planBatch(cell.read())) {
        if (!(await this.#sendBatch(plan, cell))) return;
      }
    } catch (error) {
      // The link ended under us, or the disk cannot be read; the next connect begins again (O1).
      this.#options.log("records not sent", { why: String(error) });
    } finally {
      this.#draining = false;
    }
  }

  async #sendBatch({ epoch, from, to }: BatchPlan, cell: OutboxCell): Promise<boolean> {
    const { register, clock, time } = this.#options;
    const limits = { maxCount: to - from + 1, maxBytes: BATCH_BYTES_MAX };
    const [first, ...rest] = await register.read(epoch, from, limits);
    const extent = register.epochs().find((one) => one.epoch === epoch);
    const prev = register.hashAt(epoch, (first?.s ?? 0) - 1);
    if (first === undefined || extent === undefined || prev === undefined) return false;
    const batch = makeRecordBatch([first, ...rest], { extent, prev });
    const sent = { from: first.s, to: first.s + rest.length, nowMs: clock.bootMs() };
    cell.write(noteSent(cell.read(), epoch, sent));
    time.sent(epoch, sent.to, sent.nowMs);
    // Not awaited: PUBACK says nothing of the county's database (O4 covers a loss).
    void this.#send(JSON.stringify(batch)).catch(() => {});
    return true;
  }
}
