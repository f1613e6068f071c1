/** What signing in holds between two presses, and what it is told. Plain data. */
import type { AttendanceStatus } from "../../../../protocol/generated/types.ts";
import type { MemberCard } from "../../../../protocol/page-api.ts";
import type { Entered } from "../../parts/number-entry.ts";
import type { TextSizes } from "../../theme.ts";

export type RollPhase =
  /** 点名. */
  | "call"
  /** Which group, where there are more than sixty people. */
  | "groups"
  /** The panel behind ▼. */
  | "other"
  /** 报号, and what becomes of those who did not. */
  | "codes"
  | "rest"
  /** 全到去缺, and its confirmation once the numbers agree. */
  | "absentees"
  | "agree"
  | "summary"
  | "heads"
  | "differs"
  | "done";

export interface RollState {
  readonly phase: RollPhase;
  /** Index of the member that is called, or that has the focus. */
  readonly index: number;
  /** Focus of a choice: 请假 or 迟到; 接着点名 or 按实登记. */
  readonly choice: number;
  readonly heads: Entered;
  /** The heads were asked for first, because 全到去缺 needs them. */
  readonly thenAbsentees: boolean;
  /** Digits of a number that is not whole yet. */
  readonly typed: string;
  /** What 报号 last said. */
  readonly said: string | null;
  /** Number that was called twice: OK takes it back. */
  readonly twice: number | null;
  /** Ids of those who are not there, in 全到去缺. */
  readonly missing: readonly string[];
  /** What was pressed and is not in a view yet. */
  readonly pending: Readonly<Record<string, AttendanceStatus>>;
  /** Words of the last refusal; stays until something is saved again. */
  readonly problem: string | null;
}

export const EMPTY_STATE: RollState = {
  phase: "call",
  index: 0,
  choice: 0,
  heads: null,
  thenAbsentees: false,
  typed: "",
  said: null,
  twice: null,
  missing: [],
  pending: {},
  problem: null,
};

export interface RollFacts {
  readonly members: readonly MemberCard[];
  readonly marks: Readonly<Record<string, AttendanceStatus>>;
  /** Guests that were let in beside the roster: 列席 and 群众. */
  readonly guests: number;
  readonly heads: Entered;
  readonly headsAsked: boolean;
  /** Index of the stage, for the advance. */
  readonly at: number;
  /** Of the remote; missing: nobody has said. */
  readonly hasDigits?: boolean;
}

/** What its looks are drawn from. */
export interface RollLook {
  readonly state: RollState;
  readonly facts: RollFacts;
  readonly sizes: TextSizes;
  readonly saved: SavedWords;
}

export interface SavedWords {
  readonly words: string;
  readonly colour: number;
  /** A refusal in a sentence; it gets a line of its own. */
  readonly long: boolean;
}
