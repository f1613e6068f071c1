/** The lists behind the screens (protocol/page-api.ts): pure over register, library, documents. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type { LessonCard, Member } from "../../protocol/generated/types.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import type {
  LessonDetail,
  MemberCard,
  MemberList,
  SessionDetail,
  SessionSummary,
} from "../../protocol/page-api.ts";
import type { Instant, SessionRegister } from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import type { RegisterFold } from "../register/register.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import { toLessonCard } from "./lesson-card.ts";
import { listExpected } from "./open-session.ts";

export type MemberSources = {
  readonly fold: RegisterFold;
  readonly shelf: Pick<DocumentShelf, "roster">;
};

export interface QuerySources {
  readonly library: LessonLibrary;
  readonly fold: RegisterFold;
  readonly shelf: DocumentShelf;
}

export function lessonCards({ library }: QuerySources): LessonCard[] {
  return library.list().map(toLessonCard);
}

export async function lessonDetail(
  { library }: QuerySources,
  id: string,
): Promise<LessonDetail | null> {
  const entry = library.find(id);
  if (entry === undefined) return null;
  const opened = await library.open(id, entry.manifest.version);
  if (opened.ok) return { card: toLessonCard(opened.entry), material: opened.material };
  return { card: toLessonCard(library.find(id) ?? entry), material: null, why: opened.text };
}

export function memberList(
  { fold, shelf }: MemberSources,
  sessionId: string | undefined,
): MemberList | null {
  const roster = shelf.roster?.document ?? null;
  if (sessionId === undefined) {
    return { members: roster === null ? [] : listExpected(roster).map(toCard) };
  }
  const session = fold.session(sessionId);
  return session === undefined ? null : { members: membersOf(session, { fold, shelf }) };
}

/** In the order of the session; who is in the roster no more keeps a number's place. */
function membersOf(session: SessionRegister, { fold, shelf }: MemberSources): MemberCard[] {
  const roster = shelf.roster?.document ?? null;
  const directory = new MemberDirectory(roster, fold.erasures.members, [session]);
  return session.marks.map(({ member: id }) => {
    const { no, text, name } = directory.name(id);
    const { group = "", initials = "" } = name === null ? {} : (directory.member(id) ?? {});
    return { id, no: no ?? 0, name: text, group, initials };
  });
}

function toCard({ id, no, name, group, initials }: Member): MemberCard {
  return { id, no, name, group, initials };
}

/** What the TV can show at all; older ones are for the county's page. */
const SESSIONS_MAX = 500;

export function sessionSummaries({ fold }: QuerySources): SessionSummary[] {
  return fold.sessions({ limit: SESSIONS_MAX }).map((session) => ({
    id: session.id,
    type: session.type,
    typeName: sessionTypeName(session.type),
    title: session.title,
    openedAt: withoutStamp(session.openedAt),
    stage: session.stage,
    counts: session.counts,
    heads: session.heads,
    closed: session.closed,
    ending: session.ending,
    headCode: session.headCode,
  }));
}

function withoutStamp({ bootOrdinal: _boot, bootMs: _ms, ...known }: Instant) {
  return known;
}

export function sessionDetail(
  { fold, shelf, library }: QuerySources,
  id: string,
): SessionDetail | null {
  const register = fold.session(id);
  if (register === undefined) return null;
  const titles = register.lessons.map((ref) => [
    ref.id,
    library.find(ref.id, ref.version)?.manifest.title ?? ref.id,
  ]);
  const members = membersOf(register, { fold, shelf });
  return {
    register,
    members: members.map(({ id: member, no, name }) => ({ id: member, no, name })),
    lessonTitles: Object.fromEntries(titles) as Record<string, string>,
  };
}
