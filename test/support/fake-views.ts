/** Views for the TV page without a box: home, and a session of the sample lesson at any step. */
import type {
  FlowStage,
  LessonCard,
  LessonManifest,
  Material,
  Roster,
  View,
} from "../../protocol/generated/types.ts";
import { readSample } from "./fake-service.ts";

type Session = NonNullable<View["session"]>;
export const LESSON = "rice-blast-2026";

const manifest = readSample<LessonManifest>(LESSON, "manifest.json");
const material = readSample<Material>(LESSON, "material.json");
const roster = readSample<Roster>("", "roster.json");

export const MEMBERS = roster.members.map(({ id, no, name, group, initials }) => ({
  id,
  no,
  name,
  group: group ?? "",
  initials: initials ?? "",
  branch: "b1",
  management: "direct",
}));
const LIST = { members: MEMBERS, welcome: [], guests: [], branches: [] };

export const CARD: LessonCard = {
  id: LESSON,
  version: manifest.version,
  title: manifest.title,
  category: manifest.category,
  number: manifest.number,
  initials: manifest.initials ?? "",
  durationMs: manifest.durationMs,
  poster: `/l/${LESSON}/${manifest.version}/poster.webp`,
  state: "ready",
};

export const HOME: View = {
  schema: "one-room.view/1",
  rev: 1,
  clock: { sure: true, unixMs: Date.UTC(2026, 2, 5, 0, 30), utcOffsetMinutes: 480 },
  site: { name: "石桥村远教站点", broadcasterWord: "播放员", scale: "standard", screen: null },
  home: {
    plan: {
      date: "2026-03-05",
      today: true,
      type: "study-day",
      typeName: "党员电教日",
      theme: "春耕生产",
      lessons: [CARD],
    },
    resume: null,
    lessonCount: 3,
  },
  session: null,
  banners: [],
};

const STAGES: readonly (readonly [FlowStage["kind"], string])[] = [
  ["signin", "签到"],
  ["hint", "播前提示"],
  ["watch", "播放收看"],
  ["explain", "播中解释"],
  ["discuss", "播后讨论"],
  ["feedback", "信息反馈"],
  ["practise", "课后实践"],
  ["closing", "登记"],
];

export type ShownStage =
  | "signin"
  | "hint"
  | "watch"
  | "discuss"
  | "feedback"
  | "practise"
  | "closing";

export function sessionAt(kind: ShownStage, more: Partial<Session> = {}): Session {
  const at = STAGES.findIndex(([stage]) => stage === kind);
  const flow = STAGES.map(([stage, name], index): FlowStage => {
    const state = index === at ? "now" : index < at ? "done" : "ahead";
    return { id: stage, kind: stage, name, item: 0, counted: true, state };
  });
  const { watch, explain, ...rest } = material;
  const media = `/l/${LESSON}/${manifest.version}/`;
  return {
    id: "AAAAAAAAAAAAAAAAAAAAAA",
    type: "study-day",
    typeName: "党员电教日",
    title: manifest.title,
    methodName: "五步教学法",
    flow,
    at,
    card: 0,
    item: 0,
    lessons: [CARD],
    counts: { expected: 50, P: 40, L: 0, V: 3, A: 7, X: 0, G: 0, Q: 0, unmarked: 0 },
    heads: null,
    headsAsked: false,
    marks: {},
    explaining: null,
    material: rest,
    film:
      kind === "watch"
        ? {
            hls: `${media}${manifest.entry.hls}`,
            captions: `${media}captions.vtt`,
            durationMs: manifest.durationMs,
            atMs: 0,
            playing: true,
            cues: explain?.cues ?? [],
            cuesDone: [],
            segments: watch?.segments ?? [],
          }
        : null,
    notes: {},
    answers: {},
    assigned: {},
    closed: null,
    ...more,
  };
}

export function inSession(session: Session): View {
  return { ...HOME, session };
}

export const API: Readonly<Record<string, unknown>> = {
  "/api/lessons": [CARD],
  [`/api/lessons/${LESSON}`]: { card: CARD, material },
  "/api/members": LIST,
  "/api/members?session=AAAAAAAAAAAAAAAAAAAAAA": LIST,
  "/api/sessions": [],
};
