/**
 * A register that was folded by an older program: what that program did not know of is empty, as
 * the fold would say it of those records.
 */
import type { SessionRegister, TaskResultLine, ViewingLine } from "../register.ts";

const VIEWING = { questionsNoted: 0 } as const;
const RESULT = { did: [], notYet: [] } as const;
const NOTHING = {
  corrections: [],
  makeups: [],
  results: [],
  guests: [],
  paper: null,
  makesUp: [],
} as const;

export function completeRegister(stored: SessionRegister): SessionRegister {
  const older: Partial<SessionRegister> = stored;
  const people = older.people ?? peopleOf(stored);
  const register: SessionRegister = { ...NOTHING, ...stored, people };
  return {
    ...register,
    viewing: register.viewing.map((line): ViewingLine => ({ ...VIEWING, ...line })),
    results: register.results.map((line): TaskResultLine => ({ ...RESULT, ...line })),
  };
}

/** Without places: those expected stand first in the list, everybody else after them. */
function peopleOf({ marks, counts }: SessionRegister): SessionRegister["people"] {
  return Object.fromEntries(
    marks.map(({ member }, index) => [
      member,
      { no: null, branch: null, expected: index < counts.expected },
    ]),
  );
}
