/** The journal that is written: envelopes, frames, the chain, one append after the other. */

import type { Clock } from "../../platform/ports/clock.ts";
import { chainLink, chainNext, type HashParts } from "../../protocol/chain.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import type { RecordEnvelope, WallSource } from "../../protocol/generated/types.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import type { EpochIndex } from "./epoch-index.ts";
import type { JournalWriter } from "./journal-writer.ts";
import type { AppendOptions } from "./register.ts";

export interface JournalOptions {
  readonly index: EpochIndex;
  readonly writer: JournalWriter;
  readonly clock: Clock;
  readonly wallSource: () => WallSource;
  readonly bootOrdinal: number;
  readonly hash: HashParts;
}

const ENCODER = new TextEncoder();
/** Whoever writes before a broadcaster is known. */
const NOBODY = "-";

export class Journal {
  readonly #options: JournalOptions;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Not to be called again before it has ended. @throws StorageError */
  async append(draft: RecordDraft, options: AppendOptions): Promise<StoredRecord> {
    const { index, writer, hash } = this.#options;
    const before = index.end;
    const record = this.#envelope(draft, options);
    const json = JSON.stringify(record);
    const bytes = ENCODER.encode(json);
    const place = await writer.write(encodeFrame(bytes));
    const h = chainNext(hash, before.h, bytes);
    index.add(h, place);
    return { e: index.epoch, s: record.s, h, json, record };
  }

  #envelope(draft: RecordDraft, { intentId, by }: AppendOptions): RecordEnvelope {
    const { index, clock, wallSource, bootOrdinal } = this.#options;
    const { s, h } = index.end;
    return {
      e: index.epoch,
      s: s + 1,
      p: chainLink(h),
      k: draft.k,
      v: 1,
      ...(intentId === undefined ? {} : { r: intentId }),
      bt: bootOrdinal,
      mt: clock.bootMs(),
      wt: clock.wallUnixMs(),
      ws: wallSource(),
      by: by ?? NOBODY,
      // Every payload is an object; the envelope's type only says so less exactly.
      d: draft.d as unknown as RecordEnvelope["d"],
    };
  }
}
