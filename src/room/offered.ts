/**
 * Lessons that the county publishes and that are not here (按需供片): how they stand in the lists,
 * and how one is asked for. Pure but for the asking.
 */
import type { LessonLibrary } from "../../media-cache/library.ts";
import { NEEDS_UPGRADE } from "../../media-cache/manifest.ts";
import type { LessonCard, PlanDay } from "../../protocol/generated/types.ts";
import type { LessonDetail } from "../../protocol/page-api.ts";
import { DONE, type IntentAnswer, refusal } from "./answers.ts";
import { toOfferedCard } from "./lesson-card.ts";
import type { OfferedLesson, RoomSupply } from "./room-ports.ts";

export interface OfferFacts {
  readonly library: Pick<LessonLibrary, "find">;
  readonly supply?: RoomSupply;
  /** What is planned is fetched without being asked for. */
  readonly planned: readonly Pick<PlanDay, "lessons">[];
}

export function offeredCards({ library, supply, planned }: OfferFacts): LessonCard[] {
  if (supply === undefined) return [];
  const coming = new Set([...supply.wanted(), ...planned.flatMap(({ lessons }) => lessons)]);
  return supply
    .lessons()
    .filter(({ id }) => library.find(id) === undefined)
    .map((lesson) => toOfferedCard(lesson, coming.has(lesson.id)));
}

const CAN = "还没有下载。要看可以点这个片子，今晚下载。";
const ASKED = "今晚下载，下好就能放。";

/** Null: the county publishes no such lesson. */
export function offeredDetail(facts: OfferFacts, id: string): LessonDetail | null {
  const card = offeredCards(facts).find((offered) => offered.id === id);
  if (card === undefined) return null;
  if (card.state === "needs-upgrade") return { card, material: null, why: NEEDS_UPGRADE };
  const want = card.wanted === true ? "asked" : "can";
  return { card, material: null, why: want === "asked" ? ASKED : CAN, want };
}

export function findOffered(supply: RoomSupply | undefined, id: string): OfferedLesson | undefined {
  return supply?.lessons().find((lesson) => lesson.id === id);
}

export async function wantLesson(
  id: string,
  { supply }: Pick<OfferFacts, "supply">,
): Promise<IntentAnswer> {
  const offered = findOffered(supply, id);
  if (supply === undefined || offered === undefined) {
    return refusal("no-lesson", "县里没有发布这个片子，点不了。");
  }
  if (offered.isBeyond === true) return refusal("no-lesson", NEEDS_UPGRADE);
  await supply.want(id);
  return DONE;
}
