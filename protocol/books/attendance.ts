/**
 * Attendance (到课) beside coverage (全覆盖) of one session: two numbers, of which a make-up raises
 * only the second.
 */
import type { AttendanceCounts, AttendanceStatus } from "../generated/types.ts";
import type { MakeupLine, MarkLine, SessionRegister } from "../register.ts";

const THERE: ReadonlySet<AttendanceStatus> = new Set(["P", "L", "X"]);
const OWING: ReadonlySet<AttendanceStatus> = new Set(["V", "A"]);

export function wasThere(status: AttendanceStatus): boolean {
  return THERE.has(status);
}

/**
 * Whether somebody owes what was held: expected, not there, and the session was really held. Who
 * did not come to a 补课 owes what was owed before, of the session that was missed.
 */
export function owes(session: SessionRegister, { member, status }: MarkLine): boolean {
  const { ending, people, makesUp } = session;
  if (ending !== "done" || makesUp.length > 0) return false;
  return people[member]?.expected === true && OWING.has(status);
}

/** Lessons of a session by index; a session without a lesson is owed as a whole (null). */
export function itemsOf({ lessons }: SessionRegister): readonly (number | null)[] {
  return lessons.length === 0 ? [null] : lessons.map((_lesson, item) => item);
}

/** The make-ups that pay for one member's one lesson. */
export function paymentsFor(
  { makeups }: SessionRegister,
  member: string,
  item: number | null,
): MakeupLine[] {
  return makeups.filter(
    (line) =>
      line.stage === null &&
      line.members.includes(member) &&
      (line.item === null || line.item === item),
  );
}

export interface Coverage {
  readonly counts: AttendanceCounts;
  /** 到 + 迟到 + 早退 of those expected. */
  readonly attended: number;
  /** Those who were not there and made all of it up: in the room, or somewhere at home. */
  readonly madeUp: number;
  readonly broughtHome: number;
  /** attended + madeUp + broughtHome. */
  readonly covered: number;
  /** Who was welcome and came (双管, 协管, other branches): in none of the numbers above. */
  readonly welcome: number;
}

/** @param branch only those of it; null: everybody */
export function coverageOf(session: SessionRegister, branch: string | null = null): Coverage {
  const marks = session.marks.filter(({ member }) => isOf(session, member, branch));
  const expected = marks.filter(({ member }) => session.people[member]?.expected === true);
  const counts = countMarks(session, expected);
  const paid = expected.flatMap((mark) => paidBy(session, mark));
  const broughtHome = paid.filter((how) => how === "home").length;
  const attended = counts.P + counts.L + counts.X;
  return {
    counts,
    attended,
    madeUp: paid.length - broughtHome,
    broughtHome,
    covered: attended + paid.length,
    welcome: marks.filter((m) => wasThere(m.status)).length - attended,
  };
}

function isOf({ people, branches }: SessionRegister, member: string, branch: string | null) {
  if (branch === null) return true;
  const own = people[member]?.branch ?? null;
  // An opening that does not say: in a session of one branch it can be no other.
  return own === null ? branches.length === 1 && branches[0] === branch : own === branch;
}

function countMarks({ counts }: SessionRegister, marks: readonly MarkLine[]): AttendanceCounts {
  const sums: Record<AttendanceStatus, number> = { P: 0, L: 0, X: 0, V: 0, A: 0, "-": 0 };
  for (const { status } of marks) sums[status] += 1;
  const { "-": unmarked, ...counted } = sums;
  return { expected: marks.length, ...counted, unmarked, G: counts.G, Q: counts.Q };
}

/** How an absence was paid for in full; `home` when any of it was brought home. None: not yet. */
function paidBy(session: SessionRegister, mark: MarkLine): ("room" | "home")[] {
  if (!OWING.has(mark.status)) return [];
  const payments = itemsOf(session).map((item) => paymentsFor(session, mark.member, item));
  if (payments.some((lines) => lines.length === 0)) return [];
  return [payments.some(([first]) => first?.how === "home") ? "home" : "room"];
}
