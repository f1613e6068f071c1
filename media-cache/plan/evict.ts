/** What may go, in the order of docs/formats/cache.md, and how much of it must. */
import type { Keeping } from "./keeping.ts";
import type { EvictReason, EvictStep, HeldLesson, PlanInput } from "./plan-types.ts";
import type { Ranked } from "./rank.ts";

export interface HeldUnit {
  readonly lesson: HeldLesson;
  /** Never goes: pinned, in use, of the next study days, or the last whole version there is. */
  readonly isProtected: boolean;
  readonly why: EvictReason;
}

/** Every lesson that is here, and whether it may go. */
export function heldUnits(input: PlanInput, next: ReadonlySet<string>): HeldUnit[] {
  const { catalogue, inventory, policy } = input;
  const newest = new Map(catalogue.map((lesson) => [lesson.id, lesson]));
  const isWhole = ({ files }: HeldLesson) =>
    files.every(({ sha256 }) => inventory.blobs.has(sha256) && !inventory.damaged.has(sha256));
  const offered = offeredVersions(inventory.lessons, isWhole);
  const untouchable = new Set([...policy.pins, ...next]);
  const used = new Set(policy.inUse.map(({ id, version }) => `${id}/${version}`));
  return inventory.lessons.map((lesson) => {
    const current = newest.get(lesson.id);
    const isOffered = offered.get(lesson.id) === lesson;
    const isCurrent = current === undefined || current.manifest === lesson.manifest;
    const isProtected =
      used.has(`${lesson.id}/${lesson.version}`) ||
      (isOffered && untouchable.has(lesson.id)) ||
      // A version stays until its successor is whole (P6).
      (isOffered && !isCurrent && isWhole(lesson));
    const why = current === undefined ? "not-in-catalogue" : isCurrent ? "no-room" : "superseded";
    return { lesson, isProtected, why };
  });
}

/** Of each lesson the version that the library offers: the newest whole one, or else the newest. */
function offeredVersions(
  lessons: readonly HeldLesson[],
  isWhole: (lesson: HeldLesson) => boolean,
): Map<string, HeldLesson> {
  const offered = new Map<string, HeldLesson>();
  for (const lesson of lessons) {
    const other = offered.get(lesson.id);
    const isBetter =
      other === undefined ||
      (isWhole(lesson) === isWhole(other) ? lesson.version > other.version : isWhole(lesson));
    if (isBetter) offered.set(lesson.id, lesson);
  }
  return offered;
}

export interface EvictFacts {
  readonly input: PlanInput;
  readonly units: readonly HeldUnit[];
  readonly ranked: readonly Ranked[];
  readonly keeping: Keeping;
}

/** Lets go, in order, until that many bytes are free; nothing when none are needed. */
export function evictFor(neededBytes: number, facts: EvictFacts): EvictStep[] {
  const steps: EvictStep[] = [];
  if (neededBytes <= 0) return steps;
  const mayGo = unitsThatMayGo(facts);
  const readers = countReaders(mayGo);
  let left = neededBytes;
  for (const step of candidates(facts, mayGo, readers)) {
    if (left <= 0) break;
    // What another lesson still needs stays until that one goes, too.
    const blobs = step.blobs.filter(({ sha256 }) => {
      const others = (readers.get(sha256) ?? 1) - 1;
      readers.set(sha256, others);
      return others <= 0;
    });
    if (blobs.length === 0) continue;
    for (const { bytes } of blobs) left -= bytes;
    steps.push({ ...step, blobs });
  }
  return steps;
}

/** How many of them name each blob. A blob that others name, too, is one that is kept. */
function countReaders(units: readonly HeldUnit[]): Map<string, number> {
  const readers = new Map<string, number>();
  for (const { lesson } of units) {
    for (const sha256 of new Set(lesson.files.map((file) => file.sha256))) {
      readers.set(sha256, (readers.get(sha256) ?? 0) + 1);
    }
  }
  return readers;
}

const ORDER: Readonly<Record<EvictReason, number>> = {
  unreferenced: 0,
  superseded: 1,
  "not-in-catalogue": 2,
  "no-room": 3,
};

/** In the order in which they go. */
function unitsThatMayGo({ input, units, ranked, keeping }: EvictFacts): HeldUnit[] {
  const rankOf = new Map(ranked.map(({ lesson }, at) => [lesson.manifest, at]));
  const useOf = ({ lesson }: HeldUnit) => input.inventory.uses.get(lesson.id) ?? 0;
  const isKept = ({ lesson, isProtected }: HeldUnit) =>
    isProtected || (lesson.files.length > 0 && lesson.files.every((f) => keeping.has(f.sha256)));
  const mayGo = units.filter((unit) => !isKept(unit));
  return mayGo.sort(
    (a, b) =>
      ORDER[a.why] - ORDER[b.why] ||
      (rankOf.get(b.lesson.manifest) ?? 0) - (rankOf.get(a.lesson.manifest) ?? 0) ||
      useOf(a) - useOf(b) ||
      a.lesson.version - b.lesson.version,
  );
}

/** Blobs of no lesson. */
function straysOf(
  blobs: ReadonlyMap<string, number>,
  isNeeded: (sha256: string) => boolean,
): EvictStep["blobs"] {
  const strays: { sha256: string; bytes: number }[] = [];
  for (const [sha256, bytes] of blobs) if (!isNeeded(sha256)) strays.push({ sha256, bytes });
  return strays;
}

function* candidates(
  { input, keeping }: EvictFacts,
  mayGo: readonly HeldUnit[],
  readers: ReadonlyMap<string, number>,
): Generator<EvictStep> {
  const { blobs } = input.inventory;
  const stray = straysOf(blobs, (name) => keeping.has(name) || readers.has(name));
  yield { lesson: null, version: 0, manifest: null, blobs: stray, why: "unreferenced" };
  for (const { lesson, why } of mayGo) {
    const { id, version, manifest, files } = lesson;
    const own = new Map<string, number>();
    for (const { sha256, bytes } of files) {
      if (blobs.has(sha256) && !keeping.has(sha256)) own.set(sha256, bytes);
    }
    const sized = [...own].map(([sha256, bytes]) => ({ sha256, bytes }));
    yield { lesson: id, version, manifest, blobs: sized, why };
  }
}
