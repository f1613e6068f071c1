/** The books of one room over many sessions: protocol/book-api.ts. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { KnownLesson } from "../../../protocol/books/book-sources.ts";
import { entryOf } from "../../../protocol/books/entries.ts";
import { type BookAsk, parseAsk, readBook } from "../../../protocol/books/read-book.ts";
import type { BookPeople, OtherSessions } from "../../../protocol/console-api.ts";
import type { LessonRef } from "../../../protocol/generated/types.ts";
import type { LessonWords } from "../../../protocol/lesson-words.ts";
import { MemberDirectory } from "../../../protocol/member-directory.ts";
import type { SessionRegister } from "../../../protocol/register.ts";
import type { Queries } from "../database/database.ts";
import { erasuresOf, registersOf } from "../store/book-store.ts";
import { isBoxKnown } from "../store/box-store.ts";
import { findRoster, lessonWords, stageNamesFor } from "../store/doc-store.ts";
import { otherSessions } from "../store/other-sessions.ts";
import { badRequest, boxIdOf, noSuchBox, noSuchPage } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

interface BookRequest {
  readonly Params: { id: string; name: string; member?: string };
  readonly Querystring: Record<string, string | undefined>;
}

export function registerBooks(app: FastifyInstance, context: ApiContext): void {
  const answer = ({ params, query }: Pick<FastifyRequest<BookRequest>, "params" | "query">) =>
    answerBook(params, query, context);
  app.get<BookRequest>("/api/boxes/:id/books/:name", answer);
  app.get<BookRequest>("/api/boxes/:id/books/:name/:member", answer);
}

async function answerBook(
  { id, name, member }: BookRequest["Params"],
  query: BookRequest["Querystring"],
  { database, utcOffsetMinutes }: ApiContext,
): Promise<unknown> {
  const box = boxIdOf(id);
  if (!(await isBoxKnown(database, box))) throw noSuchBox();
  const ask = parseAsk(name, member ?? null, { get: (key) => query[key] || null });
  if (ask === null) throw badRequest("年份要写四位数字，月份写成 2026-03。");
  if (name === "people") return bookPeople(database, box);
  if (name === "others") return others(database, box, ask.branch);
  const sources = await sourcesOf(database, box, { ask, utcOffsetMinutes });
  const book = readBook(sources, ask, { damage: await damageOf(database, box) });
  if (book === null) throw noSuchPage();
  return book;
}

interface Scoped {
  readonly ask: BookAsk;
  readonly utcOffsetMinutes: number;
}

async function sourcesOf(db: Queries, box: string, { ask, utcOffsetMinutes }: Scoped) {
  const sessions = await registersOf(db, box);
  const [roster, erasures] = [await findRoster(db, box), await erasuresOf(db, box)];
  const words = await wordsOf(db, sessions);
  const stageNames = await stageNamesFor(db, [...new Set(sessions.map((s) => s.method.sha256))]);
  const { year, branch } = ask;
  return {
    sessions,
    scope: { year, branch, utcOffsetMinutes },
    directory: new MemberDirectory(roster, erasures.members, [...sessions].reverse()),
    // The county shows no films: nothing is ready here.
    lesson: ({ id }: LessonRef): KnownLesson | null => {
      const known = words[id];
      return known === undefined ? null : { title: known.title, ready: false, words: known };
    },
    stageName: (stage: string) => stageNames[stage] ?? stage,
  };
}

function wordsOf(
  db: Queries,
  sessions: readonly SessionRegister[],
): Promise<Record<string, LessonWords>> {
  const hashes = sessions.flatMap(({ lessons }) => lessons.map(({ sha256 }) => sha256));
  return lessonWords(db, [...new Set(hashes)]);
}

/** What the box says of its journal, and what the county holds beside it. */
async function damageOf(db: Queries, box: string): Promise<string[]> {
  const [row] = await db.rows<{ birth: { damage?: readonly string[] } | null; aside: number }>(
    `select (select birth from box_link where box = $1) as birth,
       (select count(*)::int from conflicts where box = $1) as aside`,
    [box],
  );
  const aside = row?.aside ?? 0;
  const own = row?.birth?.damage ?? [];
  return [...own, ...(aside === 0 ? [] : [`另有一份记录 ${aside} 条，与县里的不一致，没有计入`])];
}

async function bookPeople(db: Queries, box: string): Promise<BookPeople> {
  const [sessions, roster] = [await registersOf(db, box), await findRoster(db, box)];
  const erasures = await erasuresOf(db, box);
  const directory = new MemberDirectory(roster, erasures.members, [...sessions].reverse());
  const named = new Set([
    ...(roster?.members ?? []).map(({ id }) => id),
    ...sessions.flatMap(({ marks }) => marks.map(({ member }) => member)),
  ]);
  const members = [...named].map((id) => {
    const { branch = null, management = null } = directory.member(id) ?? {};
    return { ...directory.name(id), branch, management };
  });
  return {
    branches: roster?.branches ?? [],
    members: members.sort((a, b) => (a.no ?? 1000) - (b.no ?? 1000)),
  };
}

async function others(db: Queries, box: string, branch: string | null): Promise<OtherSessions> {
  // Whatever the year: what is counted nowhere is looked at as a whole.
  const all = await otherSessions(db, box);
  return { sessions: all.map((session) => entryOf(session, branch)) };
}
