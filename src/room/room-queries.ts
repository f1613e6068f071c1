/** The lists behind the screens (protocol/page-api.ts): pure over register, library, documents. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import { entryOf } from "../../protocol/books/entries.ts";
import type { LessonCard } from "../../protocol/generated/types.ts";
import { namedIn } from "../../protocol/named-in.ts";
import type { LessonDetail, SessionDetail, SessionSummary } from "../../protocol/page-api.ts";
import type { Instant } from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import type { RegisterFold } from "../register/register.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import { toLessonCard } from "./lesson-card.ts";
import { stageNamesOf, wordsOf } from "./lesson-text.ts";
import { directoryOf, type MemberSources } from "./member-lists.ts";
import { type OfferFacts, offeredCards, offeredDetail } from "./offered.ts";
import type { RoomSupply } from "./room-ports.ts";

export interface QuerySources {
  readonly library: LessonLibrary;
  readonly supply?: RoomSupply;
  readonly fold: RegisterFold;
  readonly shelf: DocumentShelf;
}

/** What is here and what the county publishes, by number. */
export function lessonCards(sources: QuerySources): LessonCard[] {
  const cards = [...sources.library.list().map(toLessonCard), ...offeredCards(offerOf(sources))];
  return cards.sort((a, b) => (a.number < b.number ? -1 : 1));
}

function offerOf({ shelf, ...sources }: QuerySources): OfferFacts {
  return { ...sources, planned: shelf.plan?.document.days ?? [] };
}

export async function lessonDetail(
  sources: QuerySources,
  id: string,
): Promise<LessonDetail | null> {
  const { library } = sources;
  const entry = library.find(id);
  if (entry === undefined) return offeredDetail(offerOf(sources), id);
  const opened = await library.open(id, entry.manifest.version);
  if (opened.ok) return { card: toLessonCard(opened.entry), material: opened.material };
  return { card: toLessonCard(library.find(id) ?? entry), material: null, why: opened.text };
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

export async function sessionDetail(
  { fold, shelf, library, guests }: QuerySources & MemberSources,
  id: string,
): Promise<SessionDetail | null> {
  const register = fold.session(id);
  if (register === undefined) return null;
  const titles = register.lessons.map((ref) => [
    ref.id,
    library.find(ref.id, ref.version)?.manifest.title ?? ref.id,
  ]);
  const directory = directoryOf({ fold, shelf, guests }, [register]);
  const names = namedIn(register).map((member) => directory.name(member));
  return {
    register,
    entry: entryOf(register),
    members: register.marks.map(({ member }) => {
      const { no, text } = directory.name(member);
      return { id: member, no: no ?? 0, name: text };
    }),
    names: Object.fromEntries(names.map((one) => [one.id, one])),
    lessonTitles: Object.fromEntries(titles) as Record<string, string>,
    words: await wordsOf(library, register.lessons),
    stageNames: stageNamesOf(shelf.method.document),
  };
}
