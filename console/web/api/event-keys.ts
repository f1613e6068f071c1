/** Which questions a change in the county makes worth asking again. */
import type { LiveEvent } from "../../../protocol/console-api.ts";

export type Key = readonly string[];

export function keysOf({ kind, box, session }: LiveEvent): Key[] {
  const both: Key[] = [["overview"], ["box", box]];
  if (kind === "box") return [...both, ["boxes"], ["supply"], ["notices"]];
  return [
    ...both,
    ["sessions"],
    ["book", box],
    ...(session === null ? [] : [["session", box, session]]),
  ];
}
