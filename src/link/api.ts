/**
 * The page's questions by HTTP: protocol/page-api.ts lists them. Pure but for the room's answers.
 */
import { parseAsk } from "../../protocol/books/read-book.ts";
import type { RoomDoor } from "./room-door.ts";

export type ApiAnswer =
  | { readonly status: 200; readonly body: unknown }
  | { readonly status: 404 | 405; readonly body: { readonly code: string; readonly text: string } };

function found(body: unknown): ApiAnswer {
  if (body !== null && body !== undefined) return { status: 200, body };
  return { status: 404, body: { code: "not-found", text: "没有找到。可能已经换了新版本。" } };
}

type Ask = (room: RoomDoor, id: string | undefined, query: URLSearchParams) => unknown;

const LISTS: Readonly<Record<string, Ask>> = {
  lessons: (room, id) => (id === undefined ? room.lessonCards() : room.lesson(id)),
  sessions: (room, id) => (id === undefined ? room.sessionSummaries() : room.sessionDetail(id)),
  members: (room, id, query) =>
    id === undefined ? room.members(query.get("session") ?? undefined) : null,
  notices: (room, id) => (id === undefined ? room.notices() : null),
  machine: (room, id) => (id === undefined ? room.machine() : null),
};

async function askBook(
  room: RoomDoor,
  [name = "", id = null, ...more]: readonly (string | undefined | null)[],
  query: URLSearchParams,
): Promise<unknown> {
  const ask = more.length > 0 ? null : parseAsk(String(name), id, query);
  return ask === null ? null : room.book(ask);
}

/** @param path below `/api/`, decoded and without a query */
export async function answerApi(
  room: RoomDoor,
  path: string,
  query: URLSearchParams,
): Promise<ApiAnswer> {
  const [list = "", id, ...more] = path.split("/");
  if (list === "books") return found(await askBook(room, [id, ...more], query));
  const ask = Object.hasOwn(LISTS, list) ? LISTS[list] : undefined;
  return found(ask === undefined || more.length > 0 ? null : await ask(room, id, query));
}
