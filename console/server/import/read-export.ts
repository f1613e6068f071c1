/** The records of an opened export, every hash computed again from the first record on. Pure. */
import { parseJson } from "../../../protocol/envelope.ts";
import { isRecordEnvelope } from "../../../protocol/generated/validators.js";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { Chain, CheckedBatch } from "../ingest/check-batch.ts";

/** Records of one transaction: as many as the ingest shares a sync among. */
const BATCH_RECORDS = 1000;

/** @returns null when a line is no record, or does not follow the one before */
export function readExport(box: string, plain: string, chain: Chain): CheckedBatch[] | null {
  const [head = "", ...lines] = plain.trimEnd().split("\n");
  const { boxId } = (parseJson(head)?.value ?? {}) as { readonly boxId?: unknown };
  if (boxId !== box) return null;
  const reader = new Reader(box, chain);
  return lines.every((line) => reader.take(line)) ? reader.batches() : null;
}

class Reader {
  readonly #box: string;
  readonly #chain: Chain;
  readonly #epochs = new Map<string, StoredRecord[]>();

  constructor(box: string, chain: Chain) {
    this.#box = box;
    this.#chain = chain;
  }

  take(line: string): boolean {
    const { e, s, h, json } = (parseJson(line)?.value ?? {}) as Partial<StoredRecord>;
    if (typeof e !== "string" || typeof json !== "string" || typeof h !== "string") return false;
    const record = parseJson(json)?.value;
    if (!isRecordEnvelope(record) || record.e !== e || record.s !== s) return false;
    const before = this.#epochs.get(e) ?? [];
    const previous = before.at(-1)?.h ?? this.#chain.start(this.#box, e);
    if (record.s !== before.length + 1 || this.#chain.next(previous, json) !== h) return false;
    if (!previous.startsWith(record.p)) return false;
    before.push({ e, s: record.s, h, json, record });
    this.#epochs.set(e, before);
    return true;
  }

  batches(): CheckedBatch[] {
    return [...this.#epochs].flatMap(([epoch, all]) => {
      const batches: CheckedBatch[] = [];
      for (let from = 0; from < all.length; from += BATCH_RECORDS) {
        const records = all.slice(from, from + BATCH_RECORDS);
        const prev = all[from - 1]?.h ?? this.#chain.start(this.#box, epoch);
        batches.push({ box: this.#box, epoch, prev, head: all.length, records });
      }
      return batches;
    });
  }
}
