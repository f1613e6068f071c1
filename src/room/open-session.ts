/** Opening a session: who is expected, which lessons, by which method. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type {
  AnswerError,
  Member,
  OpenSessionIntent,
  Roster,
  SessionOpenPayload,
} from "../../protocol/generated/types.ts";
import {
  findSessionType,
  lessonsShown,
  MAKEUP_TYPE,
  type SessionType,
  sessionTypeName,
} from "../../protocol/session-type.ts";
import type { RegisterFold } from "../register/register.ts";
import { firstIndex, planFlow } from "../session/flow.ts";
import { stagesOfType } from "../session/type-stages.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import { hasMaterialIn, type LiveLesson } from "./live-session.ts";
import { planMakeup } from "./open-makeup.ts";

export type OpeningResult =
  | { readonly ok: true; readonly payload: SessionOpenPayload; readonly lessons: LiveLesson[] }
  | { readonly ok: false; readonly error: AnswerError };

const refuse = (code: AnswerError["code"], text: string): OpeningResult => ({
  ok: false,
  error: { code, text },
});

/** The documents that say who is expected and which steps there are. */
export type OpeningShelf = Pick<DocumentShelf, "roster" | "method">;

export interface OpeningSources {
  readonly shelf: OpeningShelf;
  readonly library: LessonLibrary;
  readonly fold: Pick<RegisterFold, "session">;
}

export async function prepareSession(
  intent: OpenSessionIntent,
  sources: OpeningSources,
): Promise<OpeningResult> {
  const type = findSessionType(intent.type);
  if (type === undefined) return refuse("bad-intent", "没有这种活动，请升级程序。");
  if (type !== MAKEUP_TYPE) return prepare(intent, type, sources);
  const plan = planMakeup(intent, sources.fold);
  if (!plan.ok) return refuse("bad-intent", plan.text);
  const { members, branches } = plan;
  const branch = branches.length === 0 ? {} : { branches: [...branches] as never };
  const asked = { ...intent, lessons: [...plan.lessons], members: [...members], ...branch };
  return prepare(asked, type, sources);
}

async function prepare(
  intent: OpenSessionIntent,
  type: SessionType,
  { shelf, library }: OpeningSources,
): Promise<OpeningResult> {
  if (type.lesson === "needed" && intent.lessons.length === 0) {
    return refuse("no-lesson", "还没有选片子。按【返回】到片库选一个。");
  }
  const lessons: LiveLesson[] = [];
  for (const id of lessonsShown(type.id, intent.lessons)) {
    const opened = await openLesson(library, id);
    if (!opened.ok) return refuse("no-lesson", opened.text);
    lessons.push(opened.lesson);
  }
  const rooms = shelf.roster?.document.branches.map(({ id }) => id) ?? [];
  if (intent.branches?.some((branch) => !rooms.includes(branch))) {
    return refuse("bad-intent", "名册里没有这个支部。");
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
  intent: OpenSessionIntent,
  shelf: OpeningShelf,
  lessons: readonly LiveLesson[],
): SessionOpenPayload {
  const { type } = intent;
  const { document: method, sha256 } = shelf.method;
  const roster = shelf.roster;
  const stages = stagesOfType(findSessionType(type), method, lessons.length);
  const flow = planFlow({ stages }, lessons.length);
  return {
    type,
    title: makeTitle(type, lessons),
    ...(intent.makesUp === undefined ? {} : { makesUp: intent.makesUp }),
    rosterVersion: roster?.document.version ?? 0,
    rosterSha256: roster?.sha256 ?? null,
    ...listPeople(roster?.document ?? null, intent),
    lessons: lessons.map(({ ref }) => ref),
    method: { id: method.id, version: method.version, sha256 },
    stage: flow[firstIndex(flow, hasMaterialIn(lessons))]?.id ?? "-",
  };
}

const TITLE_MAX = 40;

function makeTitle(type: string, lessons: readonly LiveLesson[]): string {
  const title = lessons[0]?.entry?.manifest.title;
  if (title === undefined) return sessionTypeName(type);
  const first = type === MAKEUP_TYPE.id ? "补课：" : "";
  const more = lessons.length > 1 ? `等 ${lessons.length} 课` : "";
  return `${first}${title.slice(0, TITLE_MAX - first.length - more.length)}${more}`;
}

type People = Pick<
  SessionOpenPayload,
  "branches" | "expected" | "numbers" | "branchAt" | "welcome"
>;

/** A record holds 16,000 bytes; the rest of an opening takes less than 3,000. */
const PEOPLE_LENGTH_MAX = 13_000;

/** Who is expected and who is welcome, with number and branch as long as the record holds them. */
function listPeople(
  roster: Roster | null,
  { branches: asked, also = [], makesUp, members = [] }: OpenSessionIntent,
): People {
  if (roster === null) return { branches: [], expected: [] };
  const branches = asked ?? roster.branches.map(({ id }) => id);
  const expected =
    makesUp === undefined
      ? listExpected(roster, { branches, also })
      : roster.members.filter((one) => isActive(one) && members.includes(one.id)).sort(byNumber);
  const inList = new Set(expected);
  const welcome = roster.members
    .filter((member) => isActive(member) && member.management !== "lost" && !inList.has(member))
    .sort(byNumber);
  const brief = { branches: [...branches], expected: expected.map(({ id }) => id) };
  const whole = {
    ...brief,
    numbers: expected.map(({ no }) => no),
    branchAt: expected.map(({ branch }) => Math.max(0, branches.indexOf(branch))),
    // The schema's triple is a tuple with fixed places, which its generated type cannot say.
    welcome: welcome.map(({ id, no, branch, home }) => [id, no, home ?? branch]) as never,
  };
  return JSON.stringify(whole).length <= PEOPLE_LENGTH_MAX ? whole : brief;
}

/** 直管 members, and 托管 members in a branch of their own, are expected; others are welcome. */
const EXPECTED: ReadonlySet<Member["management"]> = new Set(["direct", "trust"]);

const byNumber = (a: Member, b: Member) => a.no - b.no;
const isActive = ({ status, erased }: Member) => status === "active" && erased !== true;

export interface WhoIsAsked {
  /** Undefined: all of the room. */
  readonly branches?: readonly string[];
  /** 双管 or 协管 members, when the broadcaster counts them this time. */
  readonly also?: readonly Member["management"][];
}

export function listExpected(
  { members, branches: rooms }: Roster,
  { branches = rooms.map(({ id }) => id), also = [] }: WhoIsAsked = {},
): Member[] {
  const isAsked = ({ management }: Member) => EXPECTED.has(management) || also.includes(management);
  const known = new Set(rooms.map(({ id }) => id));
  // A branch that the roster does not list is a slip of whoever wrote it, no reason to leave out.
  const isOf = ({ branch }: Member) => branches.includes(branch) || !known.has(branch);
  return members
    .filter((member) => isActive(member) && isAsked(member) && isOf(member))
    .sort(byNumber);
}
