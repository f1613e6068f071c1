/** Writes the receipts that are worth keeping, one at a time. */
import type { Ack } from "../../protocol/generated/types.ts";
import type { CountyLinkOptions } from "./county-ports.ts";
import { isWorthKeeping, NO_WITNESSES, noteRecord, type Witnesses } from "./receipts.ts";

/** So far back a receipt or a close is looked for at start: what is older was witnessed. */
const TAIL = { maxCount: 300, maxBytes: 1_000_000 };
/** The schema's bound; an acknowledgement has a few hundred bytes. */
const TEXT_MAX = 4000;

export class ReceiptKeeper {
  readonly #options: Pick<CountyLinkOptions, "register" | "log">;
  #witnesses: Witnesses | null = null;
  #busy = false;
  #undo: () => void = () => {};

  constructor(options: Pick<CountyLinkOptions, "register" | "log">) {
    this.#options = options;
  }

  /** @param text the envelope, exactly as it came */
  async hear(ack: Ack, text: string): Promise<void> {
    const { register, log } = this.#options;
    const isOurs = ack.epoch === register.epoch && register.hashAt(ack.epoch, ack.upTo) === ack.h;
    if (this.#busy || !isOurs || text.length > TEXT_MAX) return;
    this.#busy = true;
    try {
      await this.#keep(ack, text);
    } catch (error) {
      // A full disk, or its like; the next acknowledgement is as good a witness.
      log("receipt not kept", { why: String(error) });
    } finally {
      this.#busy = false;
    }
  }

  async #keep({ epoch, upTo, h, now }: Ack, text: string): Promise<void> {
    this.#witnesses ??= await this.#lookBack();
    if (h === null || !isWorthKeeping(this.#witnesses, { epoch, upTo, now })) return;
    await this.#options.register.append({ k: "receipt", d: { epoch, upTo, h, ack: text } });
  }

  async #lookBack(): Promise<Witnesses> {
    const { register } = this.#options;
    const head = register.epochs().find(({ epoch }) => epoch === register.epoch)?.head ?? 0;
    const from = Math.max(1, head - TAIL.maxCount + 1);
    this.#undo = register.onAppend((stored) => {
      this.#witnesses = noteRecord(this.#witnesses ?? NO_WITNESSES, stored);
    });
    const tail = await register.read(register.epoch, from, TAIL);
    // What was appended while the disk was read is newer than all of it.
    return tail.reduce(noteRecord, this.#witnesses ?? NO_WITNESSES);
  }

  stop(): void {
    this.#undo();
  }
}
