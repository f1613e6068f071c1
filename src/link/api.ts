/**
 * The page's questions by HTTP: protocol/page-api.ts lists them. Pure but for the room's answers.
 */
import type { RoomDoor } from "./room-door.ts";

export type ApiAnswer =
  | { readonly status: 200; readonly body: unknown }
  | { readonly status: 404 | 405; readonly body: { readonly code: string; readonly text: string } };

function found(body: unknown): ApiAnswer {
  if (body !== null && body !== undefined) return { status: 200, body };
  return { status: 404, body: { code: "not-found", text: "没有找到。可能已经换了新版本。" } };
}

/** @param path below `/api/`, decoded and without a query */
export async function answerApi(room: RoomDoor, path: string, query: URLSearchParams) {
  const [list = "", id, ...more] = path.split("/");
  if (more.length > 0) return found(null);
  if (list === "lessons")
    return found(id === undefined ? room.lessonCards() : await room.lesson(id));
  if (list === "members" && id === undefined) {
    return found(room.members(query.get("session") ?? undefined));
  }
  if (list === "sessions") {
    return found(id === undefined ? room.sessionSummaries() : room.sessionDetail(id));
  }
  return found(null);
}
