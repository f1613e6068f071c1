/**
 * The county's receipts lie in the chain, and name hashes of records before them: whoever rewrites
 * a record and hashes all that follow again leaves them behind as witnesses. Pure.
 */
import type { Ack } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { ChainPoint, EpochIndex } from "./epoch-index.ts";

/** The journal's own receipts say that this record was another one. */
export interface Contradiction {
  readonly epoch: string;
  readonly s: number;
}

interface Held extends ChainPoint {
  readonly epoch: string;
}

export class ReceiptWitness {
  readonly #held: Held[] = [];

  note({ record }: StoredRecord): void {
    if (record.k !== "receipt") return;
    const { epoch, upTo, h, ack } = record.d as unknown as Receipt;
    this.#held.push({ epoch, s: upTo, h });
    // Its text is signed; what the record says beside it is not.
    const signed = readAck(ack);
    if (signed?.h) this.#held.push({ epoch: signed.epoch, s: signed.upTo, h: signed.h });
  }

  /** The first of each epoch. What an epoch has lost is not its contradiction. */
  contradictions(epochs: readonly EpochIndex[]): Contradiction[] {
    return epochs.flatMap((index) => {
      const wrong = this.#held
        .filter(({ epoch, s, h }) => epoch === index.epoch && isOther(index.hashAt(s), h))
        .map(({ s }) => s);
      return wrong.length === 0 ? [] : [{ epoch: index.epoch, s: Math.min(...wrong) }];
    });
  }
}

interface Receipt {
  readonly epoch: string;
  readonly upTo: number;
  readonly h: string;
  readonly ack: string;
}

function isOther(found: string | undefined, told: string): boolean {
  return found !== undefined && found !== told;
}

/** Null: not an acknowledgement as the county writes them. */
function readAck(text: string): Pick<Ack, "epoch" | "upTo" | "h"> | null {
  try {
    const { m } = JSON.parse(text) as { readonly m: string };
    return JSON.parse(m) as Ack;
  } catch {
    return null;
  }
}
