import type { LessonEntry } from "../../media-cache/library.ts";
import type { LessonCard } from "../../protocol/generated/types.ts";
import type { OfferedLesson } from "./room-ports.ts";

/** URL path of a lesson's file, as the door serves it. */
export function mediaPath({ manifest }: LessonEntry, path: string): string {
  return `/l/${manifest.id}/${manifest.version}/${path}`;
}

export function toLessonCard(entry: LessonEntry): LessonCard {
  const { id, version, title, category, number, durationMs, entry: files } = entry.manifest;
  const initials = entry.manifest.initials ?? "";
  const poster = files.poster === undefined ? null : mediaPath(entry, files.poster);
  const words = { id, version, title, category, number, initials, durationMs, poster };
  return { ...words, ...pickState(entry) };
}

function pickState({
  state,
  tenths,
  isSupplied,
}: LessonEntry): Pick<LessonCard, "state" | "tenths" | "supplied"> {
  const known = isSupplied ? { state, supplied: true } : { state };
  return tenths === undefined ? known : { ...known, tenths };
}

/** A lesson of the county's catalogue of which nothing is here yet. */
export function toOfferedCard({ isBeyond, ...lesson }: OfferedLesson, wanted: boolean): LessonCard {
  const { id, version, title, category, number, initials, durationMs } = lesson;
  const words = { id, version, title, category, number, initials, durationMs, poster: null };
  if (isBeyond === true) return { ...words, state: "needs-upgrade", supplied: true };
  return { ...words, state: "absent", supplied: true, wanted };
}

/** A lesson that is planned or was begun, and is not on this machine. */
export function makeAbsentCard(id: string, version = 0): LessonCard {
  const title = "这个片子还没有到";
  const rest = {
    category: "",
    number: "",
    initials: "",
    durationMs: 0,
    poster: null,
    state: "absent",
  } as const;
  return { id, version, title, ...rest };
}
