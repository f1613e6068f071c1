/** Everybody whom one session's registers name, by id. Pure. */
import type { SessionRegister } from "./register.ts";

export function namedIn(register: SessionRegister): string[] {
  const named = new Set([
    ...register.marks.map(({ member }) => member),
    ...register.notes.flatMap(({ speakers }) => speakers),
    ...register.tasks.flatMap(({ members, hindered = [] }) => [...members, ...hindered]),
    ...register.results.flatMap(({ marks, did, notYet }) => [
      ...marks.map(({ member }) => member),
      ...did,
      ...notYet,
    ]),
    ...register.makeups.flatMap(({ members }) => members),
    ...register.corrections.flatMap(({ member, by }) => (member === null ? [by] : [member, by])),
    ...register.guests.map(({ id }) => id),
    ...(register.paper === null ? [] : [...register.paper.missing, ...register.paper.extra]),
    register.by,
  ]);
  named.delete("-");
  return [...named];
}
