/**
 * 补课 on the TV: a session that is begun from what is owed. Its lessons are the missed ones, who
 * owes them is expected, and what it comes to are `makeup` records of the missed sessions. Pure.
 *
 * - M9. A make-up that was held is recorded once, also when the power goes right after the close.
 */
import type { LessonLibrary } from "../../media-cache/library.ts";
import { wasThere } from "../../protocol/books/attendance.ts";
import { debtsOf, isStageOwed } from "../../protocol/books/makeup-queue.ts";
import type { MakesUp, OpenSessionIntent } from "../../protocol/generated/types.ts";
import type { RecordDraft } from "../../protocol/record.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import type { RegisterFold } from "../register/register.ts";

export type MakeupPlan =
  | {
      readonly ok: true;
      /** Lesson ids, one for each of `makesUp`. */
      readonly lessons: readonly string[];
      /** Who owes any of it; `unit`: everybody who was expected then. */
      readonly members: readonly string[];
      readonly branches: readonly string[];
    }
  | { readonly ok: false; readonly text: string };

/** Less of the film than this is no lesson that was made up. */
export const WATCHED_SHARE = 0.9;

export function planMakeup(
  { makesUp = [], members: asked }: OpenSessionIntent,
  fold: Pick<RegisterFold, "session">,
): MakeupPlan {
  const owed = makesUp.map((one) => owedOf(one, fold));
  if (owed.length === 0) return { ok: false, text: "请先选要补哪一课。" };
  const found = owed.filter((one) => one !== null);
  if (found.length < owed.length) return { ok: false, text: "这一课没有人欠，不用补。" };
  const owing = [...new Set(found.flatMap(({ members }) => members))];
  const members = asked === undefined ? owing : owing.filter((member) => asked.includes(member));
  if (members.length === 0) return { ok: false, text: "请先选补课的同志。" };
  const branches = [...new Set(found.flatMap(({ session }) => session.branches))];
  return { ok: true, lessons: found.map(({ lesson }) => lesson), members, branches };
}

/** Null: nothing of this kind is owed. */
function owedOf({ session: id, item, stage }: MakesUp, fold: Pick<RegisterFold, "session">) {
  const session = fold.session(id);
  const lesson = session?.lessons[item]?.id;
  if (session === undefined || lesson === undefined) return null;
  if (stage !== undefined) {
    const everybody = session.marks.filter(({ member }) => session.people[member]?.expected);
    const members = everybody.map(({ member }) => member);
    return isStageOwed(session, item, stage) ? { session, lesson, members } : null;
  }
  const members = debtsOf(session)
    .filter((debt) => debt.item === item)
    .map(({ member }) => member);
  return members.length === 0 ? null : { session, lesson, members };
}

export interface SettleSources {
  readonly fold: Pick<RegisterFold, "session">;
  readonly library: Pick<LessonLibrary, "find">;
}

export interface Settled {
  readonly intentId: string;
  readonly by: string;
  readonly draft: RecordDraft;
}

/** What a 补课 that was held comes to: one record for each lesson that was really shown. */
export function settleMakeup(held: SessionRegister, sources: SettleSources): Settled[] {
  if (held.ending !== "done") return [];
  return held.makesUp.flatMap((owed, index) => {
    const missed = sources.fold.session(owed.session);
    if (missed === undefined || isSettled(missed, held.id, owed.item)) return [];
    const members = wasShown(held, index, sources) ? whoMadeUp(owed, held, missed) : [];
    if (members.length === 0) return [];
    const { session, item, stage } = owed;
    const how = stage === undefined ? { how: "room" as const } : { how: "unit" as const, stage };
    const d = { session, item, ...how, members, day: null, held: held.id };
    const draft = { k: "makeup", d } satisfies RecordDraft;
    return [{ intentId: `makeup-${held.id}-${index}`, by: held.by, draft }];
  });
}

/** Who was there and owed it; of a stage that the unit held again, who took part. */
function whoMadeUp({ item, stage }: MakesUp, held: SessionRegister, missed: SessionRegister) {
  const there = held.marks.filter(({ status }) => wasThere(status)).map(({ member }) => member);
  if (stage !== undefined) return there;
  const owing = new Set(debtsOf(missed).flatMap((d) => (d.item === item ? [d.member] : [])));
  return there.filter((member) => owing.has(member));
}

/** Written already, or written and struck out by a person: that is not undone. */
function isSettled(
  { makeups, corrections }: SessionRegister,
  heldId: string,
  item: number,
): boolean {
  const isWritten = makeups.some((line) => line.held === heldId && line.item === item);
  return isWritten || corrections.some(({ field }) => field === "makeup");
}

/** A film whose length nobody knows any more proves nothing. */
function wasShown({ viewing, lessons }: SessionRegister, item: number, { library }: SettleSources) {
  const ref = lessons[item];
  const whole = ref === undefined ? undefined : library.find(ref.id, ref.version)?.manifest;
  const watchedMs = viewing.find((line) => line.item === item)?.watchedMs ?? 0;
  return whole !== undefined && watchedMs >= WATCHED_SHARE * whole.durationMs;
}
