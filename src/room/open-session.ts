/** Opening a session: who is expected, which lessons, by which method. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type {
  AnswerError,
  Member,
  OpenSessionIntent,
  Roster,
  SessionOpenPayload,
} from "../../protocol/generated/types.ts";
import { SESSION_TYPES, sessionTypeName } from "../../protocol/session-type.ts";
import { firstIndex, planFlow } from "../session/flow.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import { hasMaterialIn, type LiveLesson } from "./live-session.ts";

export type OpeningResult =
  | { readonly ok: true; readonly payload: SessionOpenPayload; readonly lessons: LiveLesson[] }
  | { readonly ok: false; readonly error: AnswerError };

const refuse = (code: AnswerError["code"], text: string): OpeningResult => ({
  ok: false,
  error: { code, text },
});

export async function prepareSession(
  intent: OpenSessionIntent,
  shelf: DocumentShelf,
  library: LessonLibrary,
): Promise<OpeningResult> {
  const type = SESSION_TYPES.find(({ id }) => id === intent.type);
  if (type === undefined) return refuse("bad-intent", "没有这种活动,请升级程序。");
  if (type.needsLesson && intent.lessons.length === 0) {
    return refuse("no-lesson", "还没有选片子。按【返回】到片库选一个。");
  }
  const lessons: LiveLesson[] = [];
  for (const id of intent.lessons) {
    const opened = await openLesson(library, id);
    if (!opened.ok) return refuse("no-lesson", opened.text);
    lessons.push(opened.lesson);
  }
  return { ok: true, payload: makePayload(intent, shelf, lessons), lessons };
}

async function openLesson(library: LessonLibrary, id: string) {
  const entry = library.find(id);
  if (entry === undefined) return { ok: false, text: "这个片子还没有到这台机器上。" } as const;
  const opened = await library.open(id, entry.manifest.version);
  if (!opened.ok) return opened;
  const { entry: whole, material } = opened;
  const ref = { id, version: whole.manifest.version, sha256: whole.sha256 };
  return { ok: true, lesson: { ref, entry: whole, material } } as const;
}

function makePayload(
  { type, lessons: ids }: OpenSessionIntent,
  shelf: DocumentShelf,
  lessons: readonly LiveLesson[],
): SessionOpenPayload {
  const { document: method, sha256 } = shelf.method;
  const roster = shelf.roster;
  const flow = planFlow(method, ids.length);
  return {
    type,
    title: makeTitle(type, lessons),
    branches: roster?.document.branches.map(({ id }) => id) ?? [],
    rosterVersion: roster?.document.version ?? 0,
    rosterSha256: roster?.sha256 ?? null,
    expected: roster === null ? [] : listExpected(roster.document).map(({ id }) => id),
    lessons: lessons.map(({ ref }) => ref),
    method: { id: method.id, version: method.version, sha256 },
    stage: flow[firstIndex(flow, hasMaterialIn(lessons))]?.id ?? "-",
  };
}

const TITLE_MAX = 40;

function makeTitle(type: string, lessons: readonly LiveLesson[]): string {
  const title = lessons[0]?.entry?.manifest.title;
  if (title === undefined) return sessionTypeName(type);
  const more = lessons.length > 1 ? `等 ${lessons.length} 课` : "";
  return `${title.slice(0, TITLE_MAX - more.length)}${more}`;
}

/** 直管 members, and 托管 members in a branch of their own, are expected; others are welcome. */
const EXPECTED: ReadonlySet<Member["management"]> = new Set(["direct", "trust"]);

export function listExpected({ members }: Roster): Member[] {
  return members
    .filter(({ status, management }) => status === "active" && EXPECTED.has(management))
    .sort((a, b) => a.no - b.no);
}
