/**
 * What is still to be told to the county: a pure model over the register's epochs. The journal is
 * the outbox; this only remembers how far the county has it, and what is on the way.
 *
 * - O1. The cursor is what the county says, also when it goes back.
 * - O2. Nothing is sent before the county has said, on this connection, how far it has the epoch.
 * - O3. At most `window` batches are on the way, of all epochs together.
 * - O4. What was not acknowledged in time is sent again from the contiguous point.
 * - O5. A county that knows another history than ours (a longer one, or another hash at the
 *   cursor) is told ours too, from its first record, and keeps both: nothing is dropped. How far
 *   it has ours is then what it says beside the cursor (`also`).
 * - O6. An epoch that the county contradicts is written no more: a new one begins.
 * - O7. An acknowledgement counts while the start of the county that signed it is the one we know.
 * - O8. What is written after the outbox was opened is noted in it, also before the box is ready.
 */

export interface Span {
  /** First and last sequence, both included. */
  readonly from: number;
  readonly to: number;
}

interface InFlight extends Span {
  readonly sentAtMs: number;
}

interface EpochState {
  readonly epoch: string;
  readonly first: number;
  readonly head: number;
  /** How far the county holds our history; null until it has said so (O2). */
  readonly cursor: number | null;
  /** Everything up to here was sent on this connection. */
  readonly sentTo: number;
  readonly inFlight: readonly InFlight[];
  /** Gaps that the county asked for. */
  readonly wanted: readonly Span[];
  /** The county's history is not ours (O5); null: it is, as far as it has spoken. */
  readonly contradiction: Contradiction | null;
}

/** The county's word that ours contradicts. */
export interface Contradiction {
  /** `rollback`: the county is ahead of us. `fork`: it has another record than we have. */
  readonly kind: "fork" | "rollback";
  readonly epoch: string;
  /** Where the county stands, and the hash it has there. */
  readonly s: number;
  readonly h: string;
}

export interface Outbox {
  readonly epochs: readonly EpochState[];
  readonly window: number;
  readonly timeoutMs: number;
  /** The county's start that we listen to; null: none was heard of (O7). */
  readonly host: string | null;
}

export interface Extent {
  readonly epoch: string;
  readonly first: number;
  readonly head: number;
}

export interface Acknowledgement {
  readonly epoch: string;
  readonly upTo: number;
  /** Hash at `upTo`; null when the county has nothing of the epoch. */
  readonly h: string | null;
  readonly want: readonly (readonly number[])[];
  readonly win: number;
  /** The history that was last told is held to here too, although it is not the cursor's. */
  readonly also?: ChainEnd | null;
  /** Which start of the county says so; missing: an older program, believed. */
  readonly host?: string;
}

interface ChainEnd {
  readonly upTo: number;
  readonly h: string;
}

/** Our hash at a sequence of the epoch; undefined when we have no such record. */
export type HashAt = (s: number) => string | undefined;

export interface BatchPlan {
  readonly epoch: string;
  readonly from: number;
  /** The last sequence that may go into it. */
  readonly to: number;
}

const TIMEOUT_MS = 20_000;
const TIMEOUT_MAX_MS = 300_000;
/** One batch: what protocol.md allows in one message. */
export const BATCH_RECORDS_MAX = 50;
const WINDOW_AT_FIRST = 1;
const WINDOW_MAX = 4;

/** At every connect: what was believed before is worth nothing (O1, O2). */
export function openOutbox(extents: readonly Extent[], host: string | null = null): Outbox {
  const epochs = extents.map((extent) => ({
    ...extent,
    cursor: null,
    sentTo: 0,
    inFlight: [],
    wanted: [],
    contradiction: null,
  }));
  return { epochs, window: WINDOW_AT_FIRST, timeoutMs: TIMEOUT_MS, host };
}

/** Another start of the county speaks: what the one before still says is late (O7). */
export function noteHost(outbox: Outbox, host: string): Outbox {
  return { ...outbox, host };
}

function change(outbox: Outbox, epoch: string, act: (state: EpochState) => EpochState): Outbox {
  return {
    ...outbox,
    epochs: outbox.epochs.map((state) => (state.epoch === epoch ? act(state) : state)),
  };
}

/** A record was written. A new epoch begins with an empty county. */
export function noteAppended(outbox: Outbox, epoch: string, s: number): Outbox {
  if (outbox.epochs.some((state) => state.epoch === epoch)) {
    return change(outbox, epoch, (state) => ({ ...state, head: Math.max(state.head, s) }));
  }
  const added = openOutbox([{ epoch, first: s, head: s }]).epochs;
  return { ...outbox, epochs: [...outbox.epochs, ...added] };
}

export function noteAcknowledged(outbox: Outbox, ack: Acknowledgement, hashAt: HashAt): Outbox {
  if (!isOfOurHost(outbox, ack)) return outbox;
  const next = change(outbox, ack.epoch, (state) => acknowledge(state, ack, hashAt));
  return { ...next, window: clampWindow(ack.win), timeoutMs: TIMEOUT_MS };
}

/** A late word of a county that was restored since would move the cursor past what is there. */
function isOfOurHost({ host }: Outbox, ack: Acknowledgement): boolean {
  return host === null || ack.host === undefined || ack.host === host;
}

function clampWindow(win: number): number {
  return Math.min(Math.max(win, 1), WINDOW_MAX);
}

function acknowledge(state: EpochState, ack: Acknowledgement, hashAt: HashAt): EpochState {
  const contradiction = contradictionOf(ack, hashAt);
  if (contradiction !== null) return tellOurs({ ...state, contradiction }, ack, hashAt);
  return { ...moveTo(state, ack.upTo), contradiction, wanted: readWanted(ack.want, state) };
}

function contradictionOf({ epoch, upTo: s, h }: Acknowledgement, hashAt: HashAt) {
  if (s === 0 || h === null) return null;
  const ours = hashAt(s);
  if (ours === h) return null;
  return { kind: ours === undefined ? "rollback" : "fork", epoch, s, h } as const;
}

/** The county's ranges are of the other history: only `also` speaks of ours (O5). */
function tellOurs(state: EpochState, { also }: Acknowledgement, hashAt: HashAt): EpochState {
  const known = also && hashAt(also.upTo) === also.h ? also.upTo : null;
  if (known !== null) return moveTo({ ...state, wanted: [] }, known);
  return { ...state, wanted: [], cursor: state.cursor ?? 0 };
}

function moveTo(state: EpochState, cursor: number): EpochState {
  const wentBack = state.cursor !== null && cursor < state.cursor;
  return {
    ...state,
    cursor,
    inFlight: wentBack ? [] : state.inFlight.filter((span) => span.to > cursor),
    sentTo: wentBack ? cursor : Math.max(state.sentTo, cursor),
  };
}

function readWanted(want: readonly (readonly number[])[], { first, head }: EpochState): Span[] {
  return want.flatMap(([a = 0, b = 0]) => {
    const span = { from: Math.max(a, first), to: Math.min(b, head) };
    return span.from <= span.to ? [span] : [];
  });
}

/** What to send next; null: nothing now. The newest epoch goes first, gaps before the rest. */
export function planBatch(outbox: Outbox): BatchPlan | null {
  const onTheWay = outbox.epochs.reduce((sum, state) => sum + state.inFlight.length, 0);
  if (onTheWay >= outbox.window) return null;
  for (const state of [...outbox.epochs].reverse()) {
    const span = nextSpan(state);
    if (span !== null) return { epoch: state.epoch, ...cut(span) };
  }
  return null;
}

function cut({ from, to }: Span): Span {
  return { from, to: Math.min(to, from + BATCH_RECORDS_MAX - 1) };
}

function nextSpan(state: EpochState): Span | null {
  if (state.cursor === null) return null;
  const gap = state.wanted.find((span) => !isOnTheWay(state, span.from));
  if (gap !== undefined) return gap;
  const from = Math.max(state.cursor, state.sentTo, state.first - 1) + 1;
  return from <= state.head ? { from, to: state.head } : null;
}

function isOnTheWay({ inFlight }: EpochState, s: number): boolean {
  return inFlight.some(({ from, to }) => from <= s && s <= to);
}

/** @param sent what really went out: a batch may be shorter than planned, never empty */
export function noteSent(
  outbox: Outbox,
  epoch: string,
  sent: Span & { readonly nowMs: number },
): Outbox {
  const { from, to, nowMs } = sent;
  return change(outbox, epoch, (state) => ({
    ...state,
    sentTo: from === state.sentTo + 1 || from > state.sentTo ? to : state.sentTo,
    inFlight: [...state.inFlight, { from, to, sentAtMs: nowMs }],
  }));
}

/** Forgets what is on the way too long (O4); the next try waits twice as long. */
export function noteTime(outbox: Outbox, nowMs: number): Outbox {
  const late = (state: EpochState) =>
    state.inFlight.some(({ sentAtMs }) => nowMs - sentAtMs >= outbox.timeoutMs);
  if (!outbox.epochs.some(late)) return outbox;
  return {
    ...outbox,
    timeoutMs: Math.min(outbox.timeoutMs * 2, TIMEOUT_MAX_MS),
    epochs: outbox.epochs.map((state) =>
      late(state) ? { ...state, inFlight: [], sentTo: state.cursor ?? 0 } : state,
    ),
  };
}

/** Records that the county has not acknowledged; an epoch it has not spoken of counts whole. */
export function countBacklog({ epochs }: Outbox): number {
  return epochs.reduce(
    (sum, { head, cursor, first }) => sum + Math.max(0, head - Math.max(cursor ?? 0, first - 1)),
    0,
  );
}

export function cursorOf({ epochs }: Outbox, epoch: string): number {
  return epochs.find((state) => state.epoch === epoch)?.cursor ?? 0;
}

/** Why the epoch must not be written any more (O6); null: nothing speaks against it. */
export function contradictionIn({ epochs }: Outbox, epoch: string): Contradiction | null {
  return epochs.find((state) => state.epoch === epoch)?.contradiction ?? null;
}
