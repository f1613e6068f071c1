/**
 * A county console without a county: serves the built page and an invented county's answers on
 * 127.0.0.1, for tests of the page and for looking at it.
 */
import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { entryOf } from "../../protocol/books/entries.ts";
import { parseAsk, readBook } from "../../protocol/books/read-book.ts";
import type { LiveEvent, Me, Overview, SessionLine } from "../../protocol/console-api.ts";
import {
  BOXES,
  fakeBox,
  fakeSession,
  NOW_MS,
  SESSIONS,
  UTC_OFFSET_MINUTES,
} from "./fake-county.ts";
import { NOTICE_LINES, NOTICE_ROOMS } from "./fake-notice-lines.ts";
import { REFRESHES, SUPPLY } from "./fake-supply.ts";
import { YEAR_DIRECTORY, YEAR_PEOPLE, YEAR_SESSIONS } from "./fake-year.ts";

const WEB = fileURLToPath(new URL("../../dist/console-web", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};
const ME: Me = { user: "clerk", name: "陈志远", role: "admin" };
export const FAKE_PASSWORD = "stone-bridge";

export interface FakeConsole {
  readonly url: string;
  readonly asked: readonly string[];
  /** Empties the county: no boxes, no sessions. */
  empty(): void;
  tell(event: LiveEvent): void;
  close(): Promise<void>;
}

interface State {
  boxes: typeof BOXES;
  sessions: readonly SessionLine[];
  loggedIn: boolean;
}

type Answer = readonly [status: number, body: unknown];

function overviewOf({ boxes, sessions }: State): Overview {
  const today = sessions.filter(({ receivedAtMs }) => NOW_MS - receivedAtMs < 10 * 3_600_000);
  return {
    boxes: boxes.length,
    online: boxes.filter(({ link }) => link === "online").length,
    inSession: boxes.filter(({ link, screen }) => link === "online" && screen?.screen === "session")
      .length,
    sessionsToday: today.length,
    presentToday: today.reduce((sum, { counts: { P, L, X } }) => sum + P + L + X, 0),
    conflicts: boxes.reduce((sum, { conflicts }) => sum + conflicts, 0),
    utcOffsetMinutes: UTC_OFFSET_MINUTES,
    nowMs: NOW_MS,
  };
}

function listSessions(state: State, query: URLSearchParams): Answer {
  const box = query.get("box");
  const [from, to] = [Number(query.get("from") ?? 0), Number(query.get("to") ?? Infinity)];
  const fits = state.sessions.filter((line) => {
    const at = line.openedAtMs ?? line.receivedAtMs;
    return (box === null || line.box === box) && at >= from && at < to;
  });
  const start = Number(query.get("before") ?? 0);
  const end = start + Math.min(Number(query.get("limit") ?? 50), 25);
  return [200, { lines: fits.slice(start, end), next: end < fits.length ? String(end) : null }];
}

function oneBox(state: State, id: string): Answer {
  const box = state.boxes.find((other) => other.id === id);
  return box ? [200, fakeBox(box)] : [404, { code: "no-such-box", text: "没有这台播放盒。" }];
}

function oneSession(state: State, box: string | undefined, session: string): Answer {
  const line = state.sessions.find((other) => other.box === box && other.id === session);
  return line
    ? [200, fakeSession(line)]
    : [404, { code: "no-such-session", text: "没有这场学习。" }];
}

/** The same for whoever asks. */
const FIXED: Readonly<Record<string, unknown>> = {
  supply: SUPPLY,
  refreshes: REFRESHES,
  notices: NOTICE_LINES,
  rooms: NOTICE_ROOMS,
};

function answerOf(state: State, url: URL): Answer {
  if (!state.loggedIn) return [401, { code: "not-logged-in", text: "请先登录。" }];
  const [, , part, first, second] = url.pathname.split("/").map(decodeURIComponent);
  if (part === "me") return [200, ME];
  if (part === "overview") return [200, overviewOf(state)];
  if (part === "boxes" && second === "books") return oneBook(url);
  const fixed = FIXED[second ?? part ?? ""];
  if (fixed !== undefined) return [200, fixed];
  if (part === "boxes") return boxesOf(state, first);
  if (part !== "sessions") return [404, { code: "not-found", text: "没有这个地址。" }];
  if (second === undefined) return listSessions(state, url.searchParams);
  return oneSession(state, first, second);
}

function boxesOf(state: State, id: string | undefined): Answer {
  return id === undefined ? [200, state.boxes] : oneBox(state, id);
}

/** Every room has the same year. */
function oneBook({ pathname, searchParams }: URL): Answer {
  const [, , , , , name = "", member = null] = pathname.split("/").map(decodeURIComponent);
  if (name === "people") return [200, YEAR_PEOPLE];
  if (name === "others") {
    return [200, { sessions: YEAR_SESSIONS.slice(2, 3).map((session) => entryOf(session)) }];
  }
  const ask = parseAsk(name, member, searchParams);
  if (ask === null) return [400, { code: "bad-request", text: "问的不对。" }];
  const { year, branch } = ask;
  const sources = {
    sessions: YEAR_SESSIONS,
    scope: { year, branch, utcOffsetMinutes: UTC_OFFSET_MINUTES },
    directory: YEAR_DIRECTORY,
    lesson: () => null,
    stageName: (id: string) => (id === "s2" ? "播放收看" : id),
  };
  const book = readBook(sources, ask, { damage: [] });
  return book === null ? [404, { code: "not-found", text: "没有这个地址。" }] : [200, book];
}

async function bodyOf(request: IncomingMessage): Promise<{ password?: string }> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || "{}") as { password?: string };
}

function sendFile(path: string, response: ServerResponse): void {
  const file = join(WEB, path === "/" ? "index.html" : path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    );
  });
}

export async function startFakeConsole(port = 0): Promise<FakeConsole> {
  const state: State = { boxes: BOXES, sessions: SESSIONS, loggedIn: false };
  const streams = new Set<ServerResponse>();
  const asked: string[] = [];
  const send = (response: ServerResponse, [status, body]: Answer) =>
    response
      .writeHead(status, { "content-type": "application/json; charset=utf-8" })
      .end(status === 204 ? undefined : JSON.stringify(body));
  const logIn = async (request: IncomingMessage): Promise<Answer> => {
    state.loggedIn = (await bodyOf(request)).password === FAKE_PASSWORD;
    return state.loggedIn ? [200, ME] : [401, { code: "wrong-login", text: "用户名或密码不对。" }];
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (!url.pathname.startsWith("/api/")) return sendFile(url.pathname, response);
    asked.push(`${request.method} ${url.pathname}${url.search}`);
    if (url.pathname === "/api/login") return void logIn(request).then((a) => send(response, a));
    if (url.pathname === "/api/logout") {
      state.loggedIn = false;
      return void send(response, [204, null]);
    }
    if (url.pathname !== "/api/events" || !state.loggedIn) {
      return void send(response, answerOf(state, url));
    }
    response.writeHead(200, { "content-type": "text/event-stream" }).write("retry: 500\n\n");
    streams.add(response);
    response.once("close", () => streams.delete(response));
  });
  const url = await listen(server, port);
  return {
    url,
    asked,
    empty: () => Object.assign(state, { boxes: [], sessions: [] }),
    tell: (event) => {
      for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
