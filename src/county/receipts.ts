/**
 * Which acknowledgements are kept in the journal, so that the chain holds its own witnesses. Pure.
 *
 * A receipt is a record too, and is acknowledged too: it is never a reason for another one.
 */
import type { Ack } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";

interface Place {
  readonly epoch: string;
  readonly s: number;
}

export interface Witnesses {
  /** How far the newest receipt reaches, and the county's time in it. */
  readonly kept: (Place & { readonly atMs: number }) | null;
  readonly newestClose: Place | null;
  /** The newest record that is no receipt. */
  readonly newest: Place | null;
}

export const NO_WITNESSES: Witnesses = { kept: null, newestClose: null, newest: null };

/** Between sessions one a day is enough: a box that is on for a month writes thirty. */
const DAY_MS = 86_400_000;

export function noteRecord(witnesses: Witnesses, { e: epoch, s, record }: StoredRecord): Witnesses {
  if (record.k === "receipt") return { ...witnesses, kept: readReceipt(record.d) };
  const newest = { epoch, s };
  const newestClose = record.k === "session.close" ? newest : witnesses.newestClose;
  return { ...witnesses, newest, newestClose };
}

function readReceipt(payload: object): Witnesses["kept"] {
  const { epoch, upTo, ack } = payload as { epoch: string; upTo: number; ack: string };
  return { epoch, s: upTo, atMs: countyTimeOf(ack) };
}

/** The county signed what was kept here, so it is what the county's schema says. */
function countyTimeOf(ack: string): number {
  const { m } = JSON.parse(ack) as { m: string };
  return (JSON.parse(m) as Ack).now;
}

/** @param ack of a history that is ours up to `upTo` */
export function isWorthKeeping(
  { kept, newestClose, newest }: Witnesses,
  { epoch, upTo, now }: Pick<Ack, "epoch" | "upTo" | "now">,
): boolean {
  const before = kept?.epoch === epoch ? kept.s : 0;
  const tells = (place: Place | null) =>
    place !== null && place.epoch === epoch && place.s > before && place.s <= upTo;
  if (tells(newestClose)) return true;
  const isDue = kept === null || Math.abs(now - kept.atMs) >= DAY_MS;
  return isDue && tells(newest);
}
