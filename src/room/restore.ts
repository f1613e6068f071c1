/** After a start: the session that was open, as its records and its spot say it stood. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type { LessonRef, Method, SessionOpenPayload } from "../../protocol/generated/types.ts";
import type { KnownRecord } from "../../protocol/record.ts";
import { findSessionType } from "../../protocol/session-type.ts";
import { evolve } from "../session/evolve.ts";
import { indexOfStage, planFlow } from "../session/flow.ts";
import { newSession, type SessionState } from "../session/session.ts";
import { stagesOfType } from "../session/type-stages.ts";
import { FILM_WATCH_AT_START, resumeFilm } from "./film-watch.ts";
import type { LiveLesson, LiveSession } from "./live-session.ts";
import type { Spot } from "./spot.ts";

export interface Restorable {
  readonly id: string;
  /** Of this session, in the order of the journal, `session.open` first. */
  readonly records: readonly KnownRecord[];
  readonly spot: Spot | null;
  readonly method: Method;
  readonly library: LessonLibrary;
  readonly held: boolean;
}

export async function restoreSession(restorable: Restorable): Promise<LiveSession | null> {
  const { id, records, spot, method, library, held } = restorable;
  const [open, ...rest] = records;
  if (open?.k !== "session.open") return null;
  const lessons: LiveLesson[] = [];
  for (const ref of open.d.lessons) lessons.push(await reopenLesson(library, ref));
  const state = rest.reduce(evolve, beginState(id, open.d, method));
  const fits = spot !== null && spot.session === id && spot.at === state.at;
  return {
    state,
    method,
    title: open.d.title,
    lessons,
    card: fits ? spot.card : 0,
    film: fits ? resumeFilm(spot.film) : filmFromRecords(records),
    held,
  };
}

export function beginState(id: string, open: SessionOpenPayload, method: Method): SessionState {
  const count = open.lessons.length;
  const flow = planFlow({ stages: stagesOfType(findSessionType(open.type), method, count) }, count);
  const at = Math.max(0, indexOfStage(flow, 0, open.stage));
  const { type, expected } = open;
  const welcome = (open.welcome ?? []).map((one) => one[0] as string);
  return newSession({ id, type, flow, at, expected, welcome });
}

/** A lesson that is gone leaves a hole: the session goes on without its film. */
async function reopenLesson(library: LessonLibrary, ref: LessonRef): Promise<LiveLesson> {
  const entry = library.find(ref.id, ref.version) ?? null;
  if (entry === null) return { ref, entry, material: null };
  const opened = await library.open(ref.id, ref.version);
  if (!opened.ok) return { ref, entry, material: null };
  return { ref, entry: opened.entry, material: opened.material };
}

/** Without a spot (both generations lost) the last record that names a second of film counts. */
function filmFromRecords(records: readonly KnownRecord[]): LiveSession["film"] {
  const last = [...records].reverse().find(({ k }) => k === "cue" || k === "play" || k === "step");
  if (last?.k === "cue") return { ...FILM_WATCH_AT_START, atMs: last.d.atMs };
  if (last?.k === "play") return { ...FILM_WATCH_AT_START, atMs: last.d.toMs };
  return { ...FILM_WATCH_AT_START, playing: last?.k === "step" };
}
