/**
 * A number of hands, or how many it looks like: from — ▼ leads to 估一估, where ◀▶ choose among
 * five words. An estimate is recorded as an estimate, never as a number.
 */
import type { HandCount } from "../../../protocol/generated/types.ts";
import type { RemoteKey } from "../screen.ts";
import { enterNumber } from "./number-entry.ts";

export type Coarse = Extract<HandCount, string>;

const COARSE: readonly Coarse[] = ["none", "few", "half", "most", "all"];
const COARSE_WORDS: Readonly<Record<Coarse, string>> = {
  none: "没人",
  few: "少数",
  half: "一半",
  most: "多数",
  all: "全部",
};

export function isCoarse(count: HandCount): count is Coarse {
  return typeof count === "string";
}

/** The next value, or undefined when the key is not for it. */
export function enterHand(value: HandCount, key: RemoteKey): HandCount | undefined {
  if (isCoarse(value)) return enterCoarse(value, key);
  if (value === null && key === "down") return "half";
  return enterNumber(value, key);
}

function enterCoarse(value: Coarse, key: RemoteKey): HandCount | undefined {
  const step = { left: -1, right: 1 }[key as "left"];
  if (step !== undefined) {
    const at = Math.min(Math.max(COARSE.indexOf(value) + step, 0), COARSE.length - 1);
    return COARSE[at];
  }
  // Counting after all: from — again, or with the first digit.
  if (key === "up") return null;
  return key.startsWith("digit-") ? enterNumber(null, key) : undefined;
}

export function handWords(value: HandCount): string {
  if (isCoarse(value)) return COARSE_WORDS[value];
  return value === null ? "—" : String(value);
}

/** What ◀▶ and ▲▼ do now. */
export function handHints(value: HandCount): readonly { key: string; text: string }[] {
  if (isCoarse(value)) {
    return [
      { key: "◀▶", text: "少些、多些" },
      { key: "▲", text: "还是数一数" },
    ];
  }
  if (value === null) {
    return [
      { key: "▶▲", text: "数人数" },
      { key: "▼", text: "估一估" },
    ];
  }
  return [
    { key: "◀▶", text: "减 1 加 1" },
    { key: "▲▼", text: "加 5 减 5" },
  ];
}
