/** Sessions with their registers, and the county at a glance. */
import type { FastifyInstance } from "fastify";
import { entryOf } from "../../../protocol/books/entries.ts";
import type {
  CountyMember,
  CountySession,
  Overview,
  SessionPage,
} from "../../../protocol/console-api.ts";
import type { Erasures } from "../../../protocol/erasures.ts";
import type { Roster } from "../../../protocol/generated/types.ts";
import { MemberDirectory } from "../../../protocol/member-directory.ts";
import { namedIn } from "../../../protocol/named-in.ts";
import type { SessionRegister } from "../../../protocol/register.ts";
import { erasuresOf } from "../store/book-store.ts";
import { listBoxes } from "../store/box-store.ts";
import { findRoster, lessonWords } from "../store/doc-store.ts";
import {
  findSession,
  findSessions,
  type SessionPosition,
  type SessionQuery,
} from "../store/session-store.ts";
import { ApiProblem, badRequest, boxIdOf } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

const PAGE_LINES = 50;
const PAGE_LINES_MAX = 200;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export function registerSessions(app: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  app.get("/api/sessions", async (request): Promise<SessionPage> => {
    const query = queryOf(request.query as Record<string, string | undefined>);
    // One more than a page: whether there is a next one.
    const found = await findSessions(database, { ...query, limit: query.limit + 1 });
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    return {
      lines: page.map(({ line }) => line),
      next: last === undefined ? null : writePosition(last.position),
    };
  });
  app.get<{ Params: { box: string; session: string } }>(
    "/api/sessions/:box/:session",
    async (request): Promise<CountySession> => {
      const box = boxIdOf(request.params.box);
      const found = await findSession(database, box, sessionIdOf(request.params.session));
      if (found === null) throw noSuchSession();
      const { line, register, stageNames } = found;
      const roster = await findRoster(database, box);
      const members = membersOf(register, roster, await erasuresOf(database, box));
      const hashes = register.lessons.map(({ sha256 }) => sha256);
      const lessons = await lessonWords(database, hashes);
      const branchNames = Object.fromEntries(
        (roster?.branches ?? []).map((branch) => [branch.id, branch.name]),
      );
      const entry = entryOf(register);
      return { line, entry, register, members, stageNames, lessons, branchNames };
    },
  );
  registerOverview(app, context);
}

const noSuchSession = () => new ApiProblem(404, "no-such-session", "没有这场学习。");

function sessionIdOf(text: string): string {
  if (!/^[0-9a-f]{8}-[0-9]{1,9}$/.test(text)) throw noSuchSession();
  return text;
}

function queryOf(query: Record<string, string | undefined>): SessionQuery {
  const limit = numberOf(query.limit, "limit") ?? PAGE_LINES;
  return {
    box: query.box ? boxIdOf(query.box) : null,
    fromMs: numberOf(query.from, "from"),
    toMs: numberOf(query.to, "to"),
    before: readPosition(query.before),
    limit: Math.min(Math.max(1, limit), PAGE_LINES_MAX),
  };
}

function numberOf(text: string | undefined, name: string): number | null {
  if (text === undefined || text === "") return null;
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw badRequest(`${name} 应当是一个整数。`);
  return value;
}

function writePosition({ orderAtMs, box, session }: SessionPosition): string {
  return `${orderAtMs}.${box}.${session}`;
}

function readPosition(text: string | undefined): SessionPosition | null {
  if (text === undefined || text === "") return null;
  const [, at, box, session] = /^(-?\d{1,15})\.([a-z0-9]+)\.([0-9a-f-]+)$/.exec(text) ?? [];
  if (at === undefined || box === undefined || session === undefined) {
    throw badRequest("before 不是上一页给出的值。");
  }
  return { orderAtMs: Number(at), box, session };
}

/** Everybody whom the register names, by the roster of today: an erased name stays erased. */
function membersOf(
  register: SessionRegister,
  roster: Roster | null,
  { members: erased }: Erasures,
): CountyMember[] {
  const directory = new MemberDirectory(roster, erased, [register]);
  return namedIn(register)
    .map((id): CountyMember => {
      const { no, name, text } = directory.name(id);
      const group = name === null ? "" : (directory.member(id)?.group ?? "");
      return { id, no: no ?? 0, name, text, group };
    })
    .sort((a, b) => a.no - b.no || (a.id < b.id ? -1 : 1));
}

function registerOverview(app: FastifyInstance, context: ApiContext): void {
  const { database, clock, lostDebounceMs, utcOffsetMinutes } = context;
  app.get("/api/overview", async (): Promise<Overview> => {
    const nowMs = clock.nowMs();
    const boxes = await listBoxes(database, { nowMs, debounceMs: lostDebounceMs });
    const online = boxes.filter(({ link }) => link === "online");
    const [today] = await database.rows<{ sessions: number; present: number }>(
      `select count(*)::int as sessions, coalesce(sum(present), 0)::int as present
       from sessions where order_at >= $1 and order_at < $2 and type <> 'rehearsal'`,
      dayOf(nowMs, utcOffsetMinutes),
    );
    return {
      boxes: boxes.length,
      online: online.length,
      inSession: online.filter(({ screen }) => screen?.screen === "session").length,
      sessionsToday: today?.sessions ?? 0,
      presentToday: today?.present ?? 0,
      conflicts: boxes.reduce((sum, { conflicts }) => sum + conflicts, 0),
      utcOffsetMinutes,
      nowMs,
    };
  });
}

/** The county's day that a moment lies in, from midnight to midnight. */
function dayOf(nowMs: number, utcOffsetMinutes: number): [fromMs: number, toMs: number] {
  const offsetMs = utcOffsetMinutes * MINUTE_MS;
  const fromMs = Math.floor((nowMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
  return [fromMs, fromMs + DAY_MS];
}
