/**
 * What of the county's catalogue this program can plan by. Pure.
 *
 * A lesson made for a newer program is left as it is: the version that is whole here stands in its
 * place and keeps its rank, and nothing of the new one is fetched until the program is newer.
 */
import type { CatalogueLesson, HeldLesson } from "../plan/plan-types.ts";
import type { CacheInventory } from "./inventory.ts";

/** A lesson that the county vouches for. */
export interface TrustedLesson extends Omit<CatalogueLesson, "files"> {
  /** The catalogue itself says that a newer program is needed for it. */
  readonly isBeyond?: boolean;
}

export interface Plannable {
  readonly catalogue: readonly CatalogueLesson[];
  /** Ids of lessons that need a newer program. */
  readonly beyond: readonly string[];
}

type Inventory = Pick<CacheInventory, "lessons" | "beyond" | "isWhole">;

export function plannable(lessons: readonly TrustedLesson[], inventory: Inventory): Plannable {
  const isBeyond = (lesson: TrustedLesson) =>
    lesson.isBeyond === true || inventory.beyond.has(lesson.manifest);
  return {
    catalogue: lessons.flatMap((lesson) =>
      isBeyond(lesson) ? standIn(lesson, inventory) : [withFiles(lesson, inventory)],
    ),
    beyond: lessons.filter(isBeyond).map(({ id }) => id),
  };
}

function withFiles({ isBeyond: _, ...lesson }: TrustedLesson, { lessons }: Inventory) {
  return { ...lesson, files: lessons.get(lesson.manifest)?.files ?? null };
}

/** The newest version that is whole here. */
function standIn({ id, priority }: TrustedLesson, inventory: Inventory): CatalogueLesson[] {
  const whole = [...inventory.lessons.values()]
    .filter((held) => held.id === id && inventory.isWhole(held))
    .sort((a, b) => b.version - a.version);
  return whole.slice(0, 1).map((held) => ({ ...held, priority, bytes: sizeOf(held) }));
}

function sizeOf({ files }: HeldLesson): number {
  const sizes = new Map(files.map(({ sha256, bytes }) => [sha256, bytes]));
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Manifests of a newer program's that the county lists no longer. */
export function replacedBeyond(
  lessons: readonly TrustedLesson[],
  { beyond }: Pick<Inventory, "beyond">,
): string[] {
  const listed = new Set(lessons.map(({ manifest }) => manifest));
  // An empty catalogue says nothing: it may not be known yet.
  return listed.size === 0 ? [] : [...beyond].filter((sha256) => !listed.has(sha256));
}
