/** The books as pages read them: protocol/book-api.ts. Pure. */
import type {
  CountsBook,
  InspectorBook,
  MadeUp,
  MakeupBook,
  MemberBook,
  MemberLine,
  OwedLesson,
  OwedStage,
  TaskLine,
} from "../book-api.ts";
import type { SessionRegister } from "../register.ts";
import { sessionTypeName } from "../session-type.ts";
import { type BookSources, headOf, isScoredBy, titleOf, whenOf } from "./book-sources.ts";
import { sessionEntries } from "./entries.ts";
import { type LessonDebt, makeupQueue, type StageDebt } from "./makeup-queue.ts";
import { type MemberSession, memberYear } from "./member-year.ts";
import { type GivenTask, openTasks } from "./open-tasks.ts";
import { inScope } from "./scope.ts";
import { yearCounts } from "./year-counts.ts";

export function makeupBook(sources: BookSources): MakeupBook {
  const { sessions, scope, directory } = sources;
  const { debts, stages, undated } = makeupQueue(sessions, scope, isScoredBy(directory));
  return {
    lessons: groupDebts(debts, sources).reverse(),
    stages: stages.map((debt) => toOwedStage(debt, sources)).reverse(),
    made: inScope(sessions, scope)
      .sessions.flatMap((session) => madeUpOf(session, sources))
      .reverse(),
    undated,
  };
}

/** One line a missed lesson, whoever owes it. */
function groupDebts(debts: readonly LessonDebt[], sources: BookSources): OwedLesson[] {
  const groups = new Map<string, LessonDebt[]>();
  for (const debt of debts) {
    const key = `${debt.session.id}/${debt.item}`;
    groups.set(key, [...(groups.get(key) ?? []), debt]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { session, item, lesson } = first;
    const people = group.map(({ member, status }) => ({
      ...sources.directory.name(member),
      status,
    }));
    const title = titleOf(sources, session, item);
    const ready = lesson !== null && sources.lesson(lesson)?.ready === true;
    const head = headOf(session);
    return [{ session: head, item, lesson: lesson?.id ?? null, title, ready, people }];
  });
}

function toOwedStage({ session, item, stage, ending }: StageDebt, sources: BookSources): OwedStage {
  const ref = session.lessons[item];
  return {
    session: headOf(session),
    item,
    lesson: ref?.id ?? null,
    stage,
    stageName: sources.stageName(stage),
    ending,
    ready: ref !== undefined && sources.lesson(ref)?.ready === true,
  };
}

function madeUpOf(session: SessionRegister, sources: BookSources): MadeUp[] {
  return session.makeups.map(({ record, item, how, members, stage, day, at, held }) => ({
    record,
    session: headOf(session),
    title: titleOf(sources, session, item),
    how,
    people: members.map((member) => sources.directory.name(member)),
    stage: stage === null ? null : sources.stageName(stage),
    day,
    at: whenOf(at),
    held,
  }));
}

export function memberBook(member: string, sources: BookSources): MemberBook {
  const { sessions, scope, directory } = sources;
  const { lines, ...sums } = memberYear(sessions, member, scope);
  const known = directory.member(member);
  return {
    member: directory.name(member),
    branch: known?.branch ?? null,
    management: known?.management ?? null,
    lines: lines.map((line) => toMemberLine(line, sources)).reverse(),
    ...sums,
  };
}

function toMemberLine(line: MemberSession, sources: BookSources): MemberLine {
  const { session, status, expected, corrected, watchedMs, makeups, owed } = line;
  return {
    session: headOf(session),
    status,
    expected,
    corrected,
    watchedMs,
    makeups: makeups.map(({ how, day }) => ({ how, day })),
    owed: owed.map((item) => titleOf(sources, session, item)),
    spoke: line.spokeOn.length,
    tasks: line.tasks.length + line.outings.length,
  };
}

export function countsBook({ sessions, scope }: BookSources): CountsBook {
  const { types, ...rest } = yearCounts(sessions, scope);
  return {
    ...rest,
    types: types.map((line) => ({ ...line, typeName: sessionTypeName(line.type) })),
  };
}

/** @param damage what is wrong with the journal, as sentences */
export function inspectorBook(sources: BookSources, damage: readonly string[]): InspectorBook {
  const { lessons, stages } = makeupBook(sources);
  const people = new Set(lessons.flatMap((one) => one.people.map(({ id }) => id)));
  return {
    counts: countsBook(sources),
    sessions: sessionEntries(sources),
    owed: {
      people: people.size,
      lessons: lessons.reduce((sum, one) => sum + one.people.length, 0),
      stages: stages.length,
    },
    openTasks: taskLines(sources).length,
    damage,
  };
}

/** Newest first. */
export function taskLines(sources: BookSources): TaskLine[] {
  const { sessions } = inScope(sources.sessions, sources.scope);
  return openTasks(sessions)
    .map((given) => toTaskLine(given, sources))
    .reverse();
}

function toTaskLine(
  { session, task, result, dueUnixMs }: GivenTask,
  sources: BookSources,
): TaskLine {
  const ref = session.lessons[task.item];
  const words = ref === undefined ? null : (sources.lesson(ref)?.words ?? null);
  const name = (member: string) => sources.directory.name(member);
  return {
    session: headOf(session),
    item: task.item,
    task: task.task,
    text: words?.tasks[task.task]?.text ?? task.task,
    kind: task.kind ?? words?.tasks[task.task]?.kind ?? "try",
    heads: task.heads,
    people: task.members.map(name),
    hindered: (task.hindered ?? []).map(name),
    dueUnixMs,
    ending: result?.ending ?? null,
  };
}
