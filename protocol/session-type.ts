/** Session types are data: their names and their stages. docs/formats/session.md. */
import type { Stage, StageKind } from "./generated/types.ts";

/** One line of the stages of a type. */
export type TypeStage =
  /** The method's own stages of this kind, if it has any. */
  | { readonly keep: StageKind }
  /** A stage that the method does not know. Held once, however many lessons there are. */
  | { readonly own: Stage };

export interface SessionType {
  readonly id: string;
  readonly name: string;
  /** False for 练习: nothing of it reaches a register. */
  readonly recorded: boolean;
  /** False for 民主生活会: who came is recorded, what was said is nobody else's affair. */
  readonly content: boolean;
  /** `none`: no film belongs to it, and one that is named is set aside. */
  readonly lesson: "needed" | "welcome" | "none";
  /** Null: the whole method. */
  readonly stages: readonly TypeStage[] | null;
}

function own(id: string, kind: StageKind, name: string, help: string): TypeStage {
  return { own: { id: `own-${id}`, kind, name, help, counted: false, required: true } };
}

const SIGNIN: TypeStage = { keep: "signin" };
const TALK: TypeStage = { keep: "discuss" };
const MEETING = own("meeting", "summary", "开会", "按议程进行");
const LECTURE = own("lecture", "summary", "讲课", "请领导讲党课");
const RELAY = own("live", "live", "收看直播", "请把电视换到直播信号");
const ACTIVITY = own("activity", "summary", "主题活动", "按今天的主题进行");

/** A meeting that may have a film: without a lesson only the discussion is left of it. */
function withFilm(first: TypeStage): readonly TypeStage[] {
  const kinds: readonly StageKind[] = ["hint", "watch", "explain", "discuss"];
  const after: readonly StageKind[] = ["feedback", "practise"];
  return [SIGNIN, first, ...[...kinds, ...after].map((keep) => ({ keep }))];
}

const USUAL = { recorded: true, content: true, stages: null } as const;

/** The types that are known everywhere; a county's own come with its settings. */
export const SESSION_TYPES: readonly SessionType[] = [
  { ...USUAL, id: "study-day", name: "党员电教日", lesson: "needed" },
  { ...USUAL, id: "party-lecture", name: "党课", lesson: "needed" },
  {
    ...USUAL,
    id: "branch-assembly",
    name: "支部党员大会",
    lesson: "welcome",
    stages: withFilm(MEETING),
  },
  { ...USUAL, id: "branch-committee", name: "支委会", lesson: "none", stages: [SIGNIN, TALK] },
  { ...USUAL, id: "party-group", name: "党小组会", lesson: "none", stages: [SIGNIN, TALK] },
  {
    ...USUAL,
    id: "democratic-life",
    name: "民主生活会",
    content: false,
    lesson: "none",
    stages: [SIGNIN, MEETING],
  },
  { ...USUAL, id: "theme-day", name: "主题党日", lesson: "welcome", stages: withFilm(ACTIVITY) },
  { ...USUAL, id: "skills-training", name: "实用技术培训", lesson: "needed" },
  {
    ...USUAL,
    id: "leader-lecture",
    name: "领导讲党课",
    lesson: "none",
    stages: [SIGNIN, LECTURE, TALK],
  },
  {
    ...USUAL,
    id: "live-broadcast",
    name: "集中收看直播",
    lesson: "none",
    stages: [SIGNIN, RELAY, TALK],
  },
  { ...USUAL, id: "rehearsal", name: "练习", recorded: false, lesson: "needed" },
];

/**
 * 补课: not in the list to choose from, for it is begun from what is owed. Who was expected in one
 * owes nothing of it, and it is no meeting of the unit.
 */
export const MAKEUP_TYPE: SessionType = {
  ...USUAL,
  id: "makeup",
  name: "补课",
  lesson: "needed",
};

export function findSessionType(id: string): SessionType | undefined {
  return id === MAKEUP_TYPE.id ? MAKEUP_TYPE : SESSION_TYPES.find((type) => type.id === id);
}

export function sessionTypeName(id: string): string {
  return findSessionType(id)?.name ?? id;
}

/** Of the lessons that were named, those that are shown in a session of this type. */
export function lessonsShown(typeId: string, lessons: readonly string[]): readonly string[] {
  return findSessionType(typeId)?.lesson === "none" ? [] : lessons;
}
