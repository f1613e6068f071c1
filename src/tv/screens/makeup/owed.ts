/** 补课 without a picture: what is owed as rows, and what can be done about one of them. Pure. */
import type { MakeupBook, OwedLesson, OwedStage } from "../../../../protocol/book-api.ts";
import type { Intent } from "../../../../protocol/generated/types.ts";
import { dayWords } from "../../parts/register-words.ts";

export type Owed =
  | { readonly kind: "lesson"; readonly lesson: OwedLesson }
  | { readonly kind: "stage"; readonly stage: OwedStage };

/** What can be done: `begin` holds it now, the others only register it. */
export type MakeupAct = "begin" | "home" | "room" | "unit";

export function owedRows({ lessons, stages }: MakeupBook): Owed[] {
  return [
    ...lessons.map((lesson) => ({ kind: "lesson", lesson }) as const),
    ...stages.map((stage) => ({ kind: "stage", stage }) as const),
  ];
}

/** No names: who was missing is nobody's business before it is asked for. */
export function owedWords(owed: Owed, utcOffsetMinutes: number): string {
  if (owed.kind === "lesson") {
    const { session, title, people } = owed.lesson;
    const day = dayWords(session.openedAt, utcOffsetMinutes);
    return `《${title}》\n${day} ${session.typeName}，还有 ${people.length} 位没有补`;
  }
  const { session, stageName, ending } = owed.stage;
  const why = ending === "failed" ? "没有放成" : "没有做完";
  return `《${session.title}》\n${dayWords(session.openedAt, utcOffsetMinutes)} ${stageName}${why}，全支部要补`;
}

export interface MakeupChoice {
  readonly act: MakeupAct;
  readonly words: string;
}

export function choicesFor(owed: Owed): MakeupChoice[] {
  if (owed.kind === "stage") {
    const again: MakeupChoice = { act: "unit", words: "已经补过了，登记" };
    return owed.stage.ready ? [{ act: "begin", words: "现在补这一步" }, again] : [again];
  }
  const { ready, item } = owed.lesson;
  const rest: MakeupChoice[] = [
    { act: "home", words: "登记送学上门" },
    { act: "room", words: "登记已经补过课" },
  ];
  if (!ready || item === null) return rest;
  return [{ act: "begin", words: "现在放片子补课" }, ...rest];
}

/** Begins a session of what is owed; the lessons follow from it. */
export function beginOf(owed: Owed): Intent {
  const makesUp =
    owed.kind === "stage"
      ? { session: owed.stage.session.id, item: owed.stage.item, stage: owed.stage.stage }
      : { session: owed.lesson.session.id, item: owed.lesson.item ?? 0 };
  return { kind: "open-session", type: "makeup", lessons: [], makesUp: [makesUp] };
}

export function registerOf(
  owed: Owed,
  act: Exclude<MakeupAct, "begin">,
  members: readonly string[],
): Intent {
  const who = [...members] as never;
  if (owed.kind === "lesson") {
    const { session, item } = owed.lesson;
    return { kind: "makeup", session: session.id, item, how: act, members: who };
  }
  const { session, item, stage } = owed.stage;
  return { kind: "makeup", session: session.id, item, how: "unit", stage, members: who };
}
