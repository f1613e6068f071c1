/** One book by the name of its address: docs/formats/registers.md, "Pages". */

import type { BookSources } from "./book-sources.ts";
import { countsBook, inspectorBook, makeupBook, memberBook, taskLines } from "./book-views.ts";
import { monthsBook, sessionEntries } from "./entries.ts";

export interface BookAsk {
  readonly name: string;
  /** For `member`: whose. */
  readonly id: string | null;
  readonly year: number | null;
  readonly branch: string | null;
  /** For `sessions`: `2026-03`, or `none` for 时间未确认. */
  readonly month: string | null;
}

/** What the journal says of itself. */
export interface BookProof {
  readonly damage: readonly string[];
}

type Read = (sources: BookSources, ask: BookAsk, proof: BookProof) => unknown;

const BOOKS: Readonly<Record<string, Read>> = {
  makeup: (sources) => makeupBook(sources),
  months: ({ sessions, scope }) => monthsBook(sessions, scope),
  sessions: (sources, { month }) =>
    sessionEntries(sources, month === "none" ? null : (month ?? undefined)),
  member: (sources, { id }) => (id === null ? null : memberBook(id, sources)),
  counts: (sources) => countsBook(sources),
  inspect: (sources, _ask, { damage }) => inspectorBook(sources, damage),
  tasks: (sources) => taskLines(sources),
};

/** Null: there is no such book. */
export function readBook(sources: BookSources, ask: BookAsk, proof: BookProof): unknown {
  const read = new Map(Object.entries(BOOKS)).get(ask.name);
  if (read === undefined || (ask.id !== null && ask.name !== "member")) return null;
  return read(sources, ask, proof);
}

const YEAR = /^[12]\d{3}$/;
const MONTH = /^([12]\d{3}-\d{2}|none)$/;

/** Null: the question makes no sense. */
export function parseAsk(
  name: string,
  id: string | null,
  query: { get(name: string): string | null },
): BookAsk | null {
  const year = query.get("year");
  const month = query.get("month");
  if ((year !== null && !YEAR.test(year)) || (month !== null && !MONTH.test(month))) return null;
  const branch = query.get("branch");
  return { name, id, year: year === null ? null : Number(year), branch, month };
}
