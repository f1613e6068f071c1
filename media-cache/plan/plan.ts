/**
 * What to fetch, and what to let go for it: the rules and properties of docs/formats/cache.md.
 * Pure, and quick enough to be asked after every lesson.
 *
 * Lessons are taken in the order of their rank as long as they fit into what the disk can hold at
 * all; what is not taken stays as long as nobody needs its room.
 */
import { evictFor, heldUnits } from "./evict.ts";
import { fetchSteps } from "./fetch-order.ts";
import { Keeping } from "./keeping.ts";
import type { CachePlan, FetchStep, Inventory, PlanInput, PlanNote } from "./plan-types.ts";
import { daysToCome, nextLessons, type Ranked, rankLessons } from "./rank.ts";

export function plan(input: PlanInput): CachePlan {
  const { inventory, quota } = input;
  const ranked = rankLessons(input);
  const capacity = capacityOf(input);
  const keeping = new Keeping(capacity);
  const units = heldUnits(input, nextLessons(daysToCome(input)));
  for (const { lesson, isProtected } of units) {
    if (isProtected) keeping.keepHeld(lesson.files, inventory.blobs);
  }
  const notes = [...unpublished(input), ...overflow(keeping.usedBytes, capacity)];
  const taken = take(ranked, keeping, notes);
  const fetch = fetchSteps(taken, inventory);
  const drop = unwantedParts(fetch, inventory);
  const neededBytes =
    quota.reserveBytes + bytesToCome(fetch, inventory) - quota.freeBytes - sizeOf(drop, inventory);
  const evict = evictFor(neededBytes, { input, units, ranked, keeping });
  return { keep: taken.map(({ lesson }) => lesson.id), drop, fetch, evict, notes };
}

/** By rank, what fits; who has a right to it and does not fit is told of. */
function take(ranked: readonly Ranked[], keeping: Keeping, notes: PlanNote[]): Ranked[] {
  return ranked.filter(({ lesson, rank }) => {
    if (keeping.take(lesson)) return true;
    if (rank === "study-day" || rank === "wanted") {
      const missingBytes = keeping.missingFor(lesson);
      notes.push({ kind: "no-room", lesson: lesson.id, missingBytes });
    }
    return false;
  });
}

function unwantedParts(fetch: readonly FetchStep[], { parts }: Inventory): string[] {
  if (parts.size === 0) return [];
  const wanted = new Set(fetch.map(({ sha256 }) => sha256));
  return [...parts.keys()].filter((sha256) => !wanted.has(sha256));
}

function bytesToCome(fetch: readonly FetchStep[], { parts }: Inventory): number {
  const lacking = (step: FetchStep) =>
    step.kind === "blob" ? step.bytes - (parts.get(step.sha256) ?? 0) : 0;
  return fetch.reduce((sum, step) => sum + lacking(step), 0);
}

function sizeOf(names: readonly string[], { parts }: Inventory): number {
  return names.reduce((sum, sha256) => sum + (parts.get(sha256) ?? 0), 0);
}

/** All that lessons may ever take: what is free now, and what they take already. */
function capacityOf({ inventory, quota }: PlanInput): number {
  let bytes = quota.freeBytes - quota.reserveBytes;
  for (const size of inventory.blobs.values()) bytes += size;
  for (const size of inventory.parts.values()) bytes += size;
  return bytes;
}

function unpublished(input: PlanInput): PlanNote[] {
  const known = new Set(input.catalogue.map(({ id }) => id));
  for (const { id } of input.inventory.lessons) known.add(id);
  const days = daysToCome(input);
  const next = nextLessons(days);
  return days.flatMap(({ date, lessons }) =>
    lessons
      .filter((lesson) => next.has(lesson) && !known.has(lesson))
      .map((lesson): PlanNote => ({ kind: "not-published", lesson, date })),
  );
}

function overflow(protectedBytes: number, capacity: number): PlanNote[] {
  if (protectedBytes <= capacity) return [];
  return [{ kind: "disk-full", missingBytes: protectedBytes - capacity }];
}
