/** 播前提示 without a picture: which cards there are, and what a key does. */

import type { Session } from "../../parts/stage-ground.ts";
import type { Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";

export interface Card {
  readonly text: string;
  /** Of a question to be answered by a show of hands; nothing is scored, nothing is kept. */
  readonly options: readonly string[];
  /** Path in the lesson of the same, spoken. */
  readonly narration?: string | null;
}

/** The hint cards, then the questions; a lesson without any still has something to say. */
export function hintCards({ material, title }: Pick<Session, "material" | "title">): Card[] {
  const cards = (material?.hint?.cards ?? []).map(({ text, narration = null }) => ({
    text,
    options: [],
    narration,
  }));
  const questions = (material?.hint?.questions ?? []).map(
    ({ text, options, narration = null }) => ({
      text,
      options,
      narration,
    }),
  );
  const all: Card[] = [...cards, ...questions];
  return all.length > 0 ? all : [{ text: `《${title}》\n看完我们一起说一说`, options: [] }];
}

export interface CardFacts {
  readonly count: number;
  readonly at: number;
}

/** OK goes through all the cards and then on; ◀▶ only turn. */
export function pressCard(card: number, key: RemoteKey, { count, at }: CardFacts): Turned<number> {
  const last = card >= count - 1;
  if (key === "ok" && last) return { state: card, send: { kind: "advance", from: at } };
  if (key === "ok" || key === "right") return turnTo(card, Math.min(card + 1, count - 1));
  if (key === "left") return turnTo(card, Math.max(card - 1, 0));
  return null;
}

function turnTo(from: number, card: number): Turned<number> {
  return card === from ? { state: card } : { state: card, send: { kind: "turn", card } };
}
