/** The home screen: what is to be studied today, and what was left open. Pure. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type { HomeView, Plan, PlanDay } from "../../protocol/generated/types.ts";
import type { NoticeCard } from "../../protocol/page-api.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { lessonsShown, sessionTypeName } from "../../protocol/session-type.ts";
import { stageOf } from "../session/session.ts";
import { makeAbsentCard, toLessonCard, toOfferedCard } from "./lesson-card.ts";
import type { LiveSession } from "./live-session.ts";
import { findOffered } from "./offered.ts";
import type { RoomSupply } from "./room-ports.ts";

export interface HomeFacts {
  readonly plan: Plan | null;
  /** Today in the county's zone; null when the clock is not sure. */
  readonly today: string | null;
  readonly library: Pick<LessonLibrary, "find" | "list">;
  readonly supply?: RoomSupply;
  /** The open session, when it does not decide the screen. */
  readonly waiting: LiveSession | null;
  readonly closedSessions: readonly SessionRegister[];
  dateOf(session: SessionRegister): string | null;
  /** Of the county, those that may still hold. */
  readonly notices: readonly NoticeCard[];
}

export function makeHomeView(facts: HomeFacts): HomeView {
  return {
    plan: makePlan(facts),
    resume: makeResume(facts.waiting),
    lessonCount: facts.library.list().length,
    ...makeNotices(facts.notices),
  };
}

function makeNotices(notices: readonly NoticeCard[]): Pick<HomeView, "notices"> {
  const unread = notices.filter(({ read }) => !read);
  const [first] = unread.length > 0 ? unread : notices;
  if (first === undefined) return {};
  const { id, title } = first;
  return { notices: { count: notices.length, unread: unread.length, id, title } };
}

function makePlan(facts: HomeFacts): HomeView["plan"] {
  const day = chooseDay(facts);
  if (day === null) return null;
  const lessons = lessonsShown(day.type, day.lessons).map((id) => {
    const entry = facts.library.find(id);
    if (entry !== undefined) return toLessonCard(entry);
    const offered = findOffered(facts.supply, id);
    return offered === undefined ? makeAbsentCard(id) : toOfferedCard(offered, true);
  });
  return {
    date: day.date,
    today: day.date === facts.today,
    type: day.type,
    typeName: sessionTypeName(day.type),
    theme: day.theme ?? null,
    lessons,
  };
}

/** Days of the plan that were not held yet, in order. */
export function openDays({
  plan,
  ...facts
}: Pick<HomeFacts, "plan" | "closedSessions" | "dateOf">): PlanDay[] {
  const days = [...(plan?.days ?? [])].sort((a, b) => (a.date < b.date ? -1 : 1));
  return days.filter((day) => !wasHeld(day, facts));
}

/** Today's, else the next one; with a doubtful clock the first one that was not held yet. */
function chooseDay({ today, ...facts }: HomeFacts): PlanDay | null {
  const open = openDays(facts);
  if (today === null) return open[0] ?? null;
  return open.find(({ date }) => date >= today) ?? null;
}

function wasHeld(
  day: PlanDay,
  { closedSessions, dateOf }: Pick<HomeFacts, "closedSessions" | "dateOf">,
): boolean {
  return closedSessions.some(
    (session) =>
      session.type === day.type &&
      session.ending === "done" &&
      session.lessons.map(({ id }) => id).join() === lessonsShown(day.type, day.lessons).join() &&
      [day.date, null].includes(dateOf(session)),
  );
}

function makeResume(waiting: LiveSession | null): HomeView["resume"] {
  if (waiting === null) return null;
  const stage = stageOf(waiting.state);
  return {
    session: waiting.state.id,
    title: waiting.title,
    stageName: stage.name,
    atMs: stage.kind === "watch" ? Math.round(waiting.film.atMs) : null,
    earlierDay: waiting.held,
  };
}
