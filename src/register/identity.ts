/** Names that a box gives itself, by chance. */
import type { Random } from "../../platform/ports/random.ts";
import { letterId } from "../../protocol/letter-id.ts";

const BOX_ID_LETTERS = 16;

/** 16 letters of 5 bits: no two boxes of a province will ever meet. */
export function makeBoxId(random: Random): string {
  return letterId(random.bytes(BOX_ID_LETTERS));
}

export function makeEpoch(random: Random): string {
  return Array.from(random.bytes(4), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
