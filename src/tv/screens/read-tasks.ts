/** The tasks of earlier sessions that have no result yet, as many as one session asks about. */
import type { TaskLine } from "../../../protocol/book-api.ts";
import type { ScreenContext } from "../screen.ts";

/** More would be another lesson; the others wait in the records. */
const TASKS_MAX = 3;

/** The newest first, as the book has them. */
export async function readTasks({ fetchJson }: ScreenContext): Promise<readonly TaskLine[]> {
  const lines = (await fetchJson<TaskLine[]>("/api/books/tasks")) ?? [];
  return lines.slice(0, TASKS_MAX);
}
