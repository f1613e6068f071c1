/**
 * The decisions that the model of the county link runs: the ones of the program, and for the proof
 * that the checker sees, variants of them that are known to lose records.
 */
import { longestHeld } from "../../../console/server/ingest/other-history.ts";
import { sortOut } from "../../../console/server/ingest/sort-out.ts";
import {
  contradictionIn,
  noteAcknowledged,
  type Outbox,
  openOutbox,
} from "../../../src/county/outbox.ts";

export interface Rules {
  readonly open: typeof openOutbox;
  readonly acknowledged: typeof noteAcknowledged;
  readonly contradiction: typeof contradictionIn;
  readonly sortOut: typeof sortOut;
  readonly longestHeld: typeof longestHeld;
  /** The broker has taken a batch. */
  broken(outbox: Outbox, epoch: string, to: number): Outbox;
  /** What the box keeps of an outbox when the link ends. */
  keep(outbox: Outbox): Readonly<Record<string, number>>;
  /** The outbox of a new link, from what was kept. */
  reopen(outbox: Outbox, kept: Readonly<Record<string, number>>): Outbox;
  /** Does the box delete what was acknowledged? */
  readonly prunes: boolean;
}

export const OURS: Rules = {
  open: openOutbox,
  acknowledged: noteAcknowledged,
  contradiction: contradictionIn,
  sortOut,
  longestHeld,
  broken: (outbox) => outbox,
  keep: () => ({}),
  reopen: (outbox) => outbox,
  prunes: false,
};

function withCursors(outbox: Outbox, at: (epoch: string, cursor: number | null) => number | null) {
  const epochs = outbox.epochs.map((state) => ({
    ...state,
    cursor: at(state.epoch, state.cursor),
  }));
  return { ...outbox, epochs };
}

function cursorsOf({ epochs }: Outbox): Readonly<Record<string, number>> {
  return Object.fromEntries(epochs.map(({ epoch, cursor }) => [epoch, cursor ?? 0]));
}

const keptCursor: Pick<Rules, "keep" | "reopen"> = {
  keep: cursorsOf,
  reopen: (outbox, kept) => withCursors(outbox, (epoch) => kept[epoch] ?? 0),
};

export const KNOWN_BAD: Readonly<Record<string, Rules>> = {
  "the cursor moves on PUBACK": {
    ...OURS,
    ...keptCursor,
    broken: (outbox, epoch, to) =>
      withCursors(outbox, (name, cursor) => (name === epoch ? Math.max(cursor ?? 0, to) : cursor)),
    acknowledged: (outbox) => outbox,
  },
  "the cursor only moves forward": {
    ...OURS,
    ...keptCursor,
    acknowledged: (outbox, ack, hashAt) => {
      const before = cursorsOf(outbox)[ack.epoch] ?? 0;
      return ack.upTo < before ? outbox : noteAcknowledged(outbox, ack, hashAt);
    },
  },
  "what is acknowledged is pruned": { ...OURS, prunes: true },
  "duplicates by (epoch, seq) are ignored": {
    ...OURS,
    sortOut: (holdings, batches) => {
      const { fresh, conflicts } = sortOut(holdings, batches);
      const taken = new Set(holdings.held.map(({ s }) => s));
      return { fresh, conflicts: conflicts.filter(({ s }) => !taken.has(s)) };
    },
    // Such a county takes what it ignored for what it has.
    longestHeld: ([end]) => end ?? null,
  },
  "a new epoch only when the county is ahead": {
    ...OURS,
    acknowledged: (outbox, ack, hashAt) => {
      const ours = hashAt(ack.upTo);
      return noteAcknowledged(outbox, { ...ack, h: ours ?? ack.h }, hashAt);
    },
  },
  "a word of the county before its restore is believed": {
    ...OURS,
    acknowledged: (outbox, { host: _host, ...ack }, hashAt) =>
      noteAcknowledged(outbox, ack, hashAt),
  },
};
