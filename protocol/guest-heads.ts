/** 列席 and 群众 as heads: who was named is among them, however few were typed. */
import type { GuestAs, GuestHeads } from "./generated/types.ts";

/** A 流动党员 whom no roster here has is counted with 列席: there, and not expected. */
export function headsOf(as: GuestAs): "G" | "Q" {
  return as === "public" ? "Q" : "G";
}

/** What counting needs to know of a guest. */
export interface CountedGuest {
  readonly as: GuestAs;
  /** Written by mistake. */
  readonly struck: boolean;
}

export function atLeastNamed({ G, Q }: GuestHeads, named: Iterable<CountedGuest>): GuestHeads {
  const sums = { G: 0, Q: 0 };
  for (const { as, struck } of named) if (!struck) sums[headsOf(as)] += 1;
  return { G: Math.max(G, sums.G), Q: Math.max(Q, sums.Q) };
}
