/** Session types are data: what they are called, and what they need. docs/formats/session.md. */
export interface SessionType {
  readonly id: string;
  readonly name: string;
  /** False for 练习: nothing of it reaches a register. */
  readonly recorded: boolean;
  /** Whether a lesson must be chosen before the session opens. */
  readonly needsLesson: boolean;
}

/** The types that formats.md §6 names; a county's own come with its settings. */
export const SESSION_TYPES: readonly SessionType[] = [
  { id: "study-day", name: "党员电教日", recorded: true, needsLesson: true },
  { id: "party-lecture", name: "党课", recorded: true, needsLesson: true },
  { id: "branch-assembly", name: "支部党员大会", recorded: true, needsLesson: false },
  { id: "branch-committee", name: "支委会", recorded: true, needsLesson: false },
  { id: "party-group", name: "党小组会", recorded: true, needsLesson: false },
  { id: "democratic-life", name: "民主生活会", recorded: true, needsLesson: false },
  { id: "theme-day", name: "主题党日", recorded: true, needsLesson: false },
  { id: "skills-training", name: "实用技术培训", recorded: true, needsLesson: true },
  { id: "leader-lecture", name: "领导讲党课", recorded: true, needsLesson: false },
  { id: "live-broadcast", name: "集中收看直播", recorded: true, needsLesson: false },
  { id: "rehearsal", name: "练习", recorded: false, needsLesson: true },
];

export function sessionTypeName(id: string): string {
  return SESSION_TYPES.find((type) => type.id === id)?.name ?? id;
}
