/** What the pages ask, and how long an answer is good. */
import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type {
  BoxDetail,
  BoxLine,
  CountySession,
  Me,
  Overview,
  RefreshLine,
  SessionLine,
  SessionPage,
  SupplyState,
} from "../../../protocol/console-api.ts";
import type { NoticeLine, NoticeRoom } from "../../../protocol/notice-api.ts";
import { AskFailure, ask } from "./ask.ts";

/** Even when the server tells changes by itself: what it does not tell may have changed too. */
export const ASK_AGAIN_MS = 10_000;
const PAGE_LINES = 50;
const EXPORT_PAGE_LINES = 200;
/** A year of a county's sessions; more at once would choke the browser. */
export const EXPORT_LINES_MAX = 20_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A closed network is "offline" to a browser; the county's server is there all the same.
        networkMode: "always",
        refetchInterval: ASK_AGAIN_MS,
        retry: (count, error) => count < 1 && error instanceof AskFailure && error.status === 0,
        retryDelay: 1000,
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** Null: nobody is logged in. */
export function useMe(): UseQueryResult<Me | null> {
  return useQuery({
    queryKey: ["me"],
    queryFn: () =>
      ask<Me>("me").catch((failure: unknown) => {
        if (failure instanceof AskFailure && failure.status === 401) return null;
        throw failure;
      }),
  });
}

export function useOverview(): UseQueryResult<Overview> {
  return useQuery({ queryKey: ["overview"], queryFn: () => ask<Overview>("overview") });
}

export function useBoxes(): UseQueryResult<BoxLine[]> {
  return useQuery({ queryKey: ["boxes"], queryFn: () => ask<BoxLine[]>("boxes") });
}

export function useBox(id: string): UseQueryResult<BoxDetail> {
  return useQuery({
    queryKey: ["box", id],
    queryFn: () => ask<BoxDetail>(`boxes/${encodeURIComponent(id)}`),
  });
}

export function useSupply(): UseQueryResult<SupplyState> {
  return useQuery({ queryKey: ["supply"], queryFn: () => ask<SupplyState>("supply") });
}

export function useNotices(): UseQueryResult<NoticeLine[]> {
  return useQuery({ queryKey: ["notices"], queryFn: () => ask<NoticeLine[]>("notices") });
}

export function useNoticeRooms(id: string): UseQueryResult<NoticeRoom[]> {
  return useQuery({
    queryKey: ["notices", id],
    queryFn: () => ask<NoticeRoom[]>(`notices/${id}/rooms`),
  });
}

export function useRefreshes(id: string): UseQueryResult<RefreshLine[]> {
  return useQuery({
    queryKey: ["box", id, "refreshes"],
    queryFn: () => ask<RefreshLine[]>(`boxes/${encodeURIComponent(id)}/refreshes`),
  });
}

export interface SessionsQuery {
  readonly box: string | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

function sessionsPath(query: SessionsQuery, before: string | null, limit: number): string {
  const values = new URLSearchParams({ limit: String(limit) });
  if (query.box !== null) values.set("box", query.box);
  if (query.fromMs !== null) values.set("from", String(query.fromMs));
  if (query.toMs !== null) values.set("to", String(query.toMs));
  if (before !== null) values.set("before", before);
  return `sessions?${values}`;
}

export function useSessions(query: SessionsQuery) {
  return useInfiniteQuery({
    queryKey: ["sessions", query],
    queryFn: ({ pageParam }) => ask<SessionPage>(sessionsPath(query, pageParam, PAGE_LINES)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
  });
}

/** Every session that fits, for the file; `whole` false: there are more than a file takes. */
export async function fetchAllSessions(
  query: SessionsQuery,
): Promise<{ lines: SessionLine[]; whole: boolean }> {
  const lines: SessionLine[] = [];
  let before: string | null = null;
  while (lines.length < EXPORT_LINES_MAX) {
    const page: SessionPage = await ask(sessionsPath(query, before, EXPORT_PAGE_LINES));
    lines.push(...page.lines);
    before = page.next;
    if (before === null) return { lines, whole: true };
  }
  return { lines, whole: false };
}

/** A month of sessions is many pages: often enough for who has not met yet. */
const MONTH_AGAIN_MS = 300_000;

/** The rooms that held a session since then; rehearsals (练习) do not count. */
export function useActiveRooms(sinceMs: number | null): UseQueryResult<ReadonlySet<string>> {
  return useQuery({
    queryKey: ["active-rooms", sinceMs],
    enabled: sinceMs !== null,
    refetchInterval: MONTH_AGAIN_MS,
    staleTime: MONTH_AGAIN_MS,
    queryFn: async () => {
      const { lines } = await fetchAllSessions({ box: null, fromMs: sinceMs, toMs: null });
      const held = lines.filter(({ type }) => type !== "rehearsal");
      return new Set(held.map(({ box }) => box));
    },
  });
}

export interface BookScope {
  /** `2026`; null: every year. */
  readonly year: string | null;
  readonly branch: string | null;
}

/** One book of a room: protocol/book-api.ts. */
export function useBook<T>(box: string, book: string, scope: BookScope): UseQueryResult<T> {
  const values = new URLSearchParams();
  if (scope.year !== null) values.set("year", scope.year);
  if (scope.branch !== null) values.set("branch", scope.branch);
  return useQuery({
    queryKey: ["book", box, book, scope],
    placeholderData: keepPreviousData,
    queryFn: () => ask<T>(`boxes/${encodeURIComponent(box)}/books/${book}?${values}`),
  });
}

/** An empty id asks nothing. */
export function useSession(box: string, session: string): UseQueryResult<CountySession> {
  return useQuery({
    queryKey: ["session", box, session],
    enabled: session !== "",
    queryFn: () =>
      ask<CountySession>(`sessions/${encodeURIComponent(box)}/${encodeURIComponent(session)}`),
  });
}
