/** The blobs that are missing, in the order of docs/formats/cache.md. */
import type { CatalogueLesson, FetchReason, FetchStep, Inventory } from "./plan-types.ts";
import type { Ranked } from "./rank.ts";

interface Lacking extends Ranked {
  readonly missing: readonly { sha256: string; bytes: number; tier: "browse" | "play" }[];
  readonly missingBytes: number;
  readonly isBegun: boolean;
}

export function fetchSteps(taken: readonly Ranked[], inventory: Inventory): FetchStep[] {
  const lacking = taken
    .filter(({ lesson }) => isLacking(lesson, inventory))
    .map((ranked) => lackingOf(ranked, inventory));
  const isDue = ({ rank }: Ranked) => rank === "study-day" || rank === "wanted";
  const due = lacking.filter(isDue);
  const rest = lacking.filter((each) => !isDue(each));
  const begun = rest.filter(({ isBegun }) => isBegun);
  begun.sort((a, b) => a.missingBytes - b.missingBytes);
  const ordered = [...due, ...begun, ...rest.filter(({ isBegun }) => !isBegun)];
  const seen = new Set<string>();
  const once = (steps: readonly FetchStep[]) =>
    steps.filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256));
  return [
    ...once(repairs(ordered, inventory)),
    ...once(ordered.filter(({ rank }) => rank !== "ahead").flatMap((each) => browseSteps(each))),
    ...once(ordered.flatMap((each) => [...manifestStep(each), ...steps(each, reasonOf(each))])),
  ];
}

function repairs(ordered: readonly Lacking[], { damaged }: Inventory): FetchStep[] {
  if (damaged.size === 0) return [];
  const isDamaged = ({ sha256 }: { readonly sha256: string }) => damaged.has(sha256);
  return ordered.flatMap((each) => steps(each, "repair", isDamaged));
}

/** Most lessons of a full cache lack nothing. */
function isLacking({ files }: CatalogueLesson, { blobs, damaged }: Inventory): boolean {
  if (files === null) return true;
  return files.some(({ sha256 }) => !blobs.has(sha256) || damaged.has(sha256));
}

function lackingOf(ranked: Ranked, { blobs, parts, damaged }: Inventory): Lacking {
  const files = ranked.lesson.files ?? [];
  const missing = files.filter(({ sha256 }) => !blobs.has(sha256) || damaged.has(sha256));
  const missingBytes = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  const isBegun = missing.length < files.length || missing.some(({ sha256 }) => parts.has(sha256));
  return { ...ranked, missing, missingBytes, isBegun };
}

function reasonOf({ rank, isBegun }: Lacking): FetchReason {
  return isBegun && (rank === "planned" || rank === "ahead") ? "begun" : rank;
}

function steps(
  { lesson, missing }: Lacking,
  why: FetchReason,
  pick: (file: Lacking["missing"][number]) => boolean = () => true,
): FetchStep[] {
  const { id, version } = lesson;
  return missing
    .filter(pick)
    .map(({ sha256, bytes }) => ({ kind: "blob", lesson: id, version, sha256, bytes, why }));
}

function browseSteps(each: Lacking): FetchStep[] {
  return [...manifestStep(each), ...steps(each, "browse", ({ tier }) => tier === "browse")];
}

function manifestStep({
  lesson,
  rank,
}: {
  lesson: CatalogueLesson;
  rank: FetchReason;
}): FetchStep[] {
  const { id, version, manifest, files } = lesson;
  if (files !== null) return [];
  return [{ kind: "manifest", lesson: id, version, sha256: manifest, why: rank }];
}
