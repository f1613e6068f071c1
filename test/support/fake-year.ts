/**
 * One room's year for looking at the console: two branches, absences, make-ups, corrections, guests,
 * paper, a session without a sure date. Made of records, so that every number is what the fold says.
 */
import type { BookPeople } from "../../protocol/console-api.ts";
import { foldSession } from "../../protocol/fold-session.ts";
import type { Member, Roster } from "../../protocol/generated/types.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { type Line, recordsOf } from "./session-records.ts";

const DAY_MS = 86_400_000;
const YEAR_START = Date.UTC(2026, 0, 6, 0, 30);
const LESSON = { id: "rice-blast", version: 1, sha256: "ab".repeat(32) };
const METHOD = { id: "wubu", version: 1, sha256: "cd".repeat(32) };
const NAMES =
  "王建国 李桂兰 张德福 刘秀英 陈志强 杨玉梅 赵春生 吴国华 周翠花 徐永康 孙长林 马素珍".split(" ");

const member = (no: number, more: Partial<Member> = {}): Member => ({
  id: `fakeyear${String.fromCharCode(97 + Math.floor(no / 24), 97 + (no % 24))}`,
  no,
  name: NAMES[(no - 1) % NAMES.length] ?? "",
  initials: "",
  branch: no <= 8 ? "b1" : "b2",
  group: no <= 4 ? "第一党小组" : "第二党小组",
  management: no <= 8 ? "direct" : "trust",
  status: "active",
  roles: [],
  ...more,
});

export const YEAR_ROSTER: Roster = {
  schema: "one-room.roster/1",
  version: 4,
  branches: [
    { id: "b1", name: "石桥村党支部", kind: "village" },
    { id: "b2", name: "流动党员托管支部", kind: "trust" },
  ],
  members: [
    ...Array.from({ length: 11 }, (_, index) => member(index + 1)),
    member(12, { management: "dual", branch: "b1", home: "b2" }),
    member(13, { name: "朱大海", management: "lost", branch: "b1" }),
  ],
};

const OWN = YEAR_ROSTER.members.filter(({ management }) => management !== "lost");
const EXPECTED = OWN.filter(({ management }) => management !== "dual");
const WELCOME = OWN.filter(({ management }) => management === "dual");
/** A member who is in no roster any more. */
const GONE = "fakegoneaa";
const TYPES = ["study-day", "party-lecture", "branch-assembly", "branch-committee", "study-day"];
const TITLES = ["稻瘟病的识别与防治", "学习党章", "支部党员大会", "支委会", "社区消防与用电安全"];

function sessionOf(n: number): SessionRegister {
  const first = 10 * n + 1;
  const session = `0a1b2c3d-${first}`;
  const type = n === 11 ? "democratic-life" : (TYPES[n % TYPES.length] ?? "study-day");
  const hasFilm = type === "study-day" || type === "party-lecture";
  const sure = n !== 6;
  const lines = [
    ...opening(n, type, hasFilm),
    ...course(session, n, hasFilm),
    ...after(session, n),
  ];
  const startUnixMs = sure ? YEAR_START + n * 26 * DAY_MS : null;
  const register = foldSession(recordsOf(lines, { startUnixMs, firstS: first }));
  if (register === null) throw new Error("no opening");
  return register;
}

function opening(n: number, type: string, hasFilm: boolean): Line[] {
  const expected = [...EXPECTED.map(({ id }) => id), ...(n < 4 ? [GONE] : [])];
  const d = {
    type,
    title: n === 11 ? "民主生活会" : (TITLES[n % TITLES.length] ?? ""),
    branches: ["b1", "b2"],
    rosterVersion: 4,
    rosterSha256: null,
    expected,
    numbers: [...EXPECTED.map(({ no }) => no), ...(n < 4 ? [19] : [])],
    branchAt: [...EXPECTED.map(({ branch }) => (branch === "b1" ? 0 : 1)), ...(n < 4 ? [0] : [])],
    welcome: WELCOME.map(({ id, no }) => [id, no, "b2"]),
    lessons: hasFilm ? [LESSON] : [],
    method: METHOD,
    stage: "signin",
  };
  return [{ k: "session.open", d, by: EXPECTED[0]?.id ?? "-" }];
}

function course(session: string, n: number, hasFilm: boolean): Line[] {
  const people = [...EXPECTED.map(({ id }) => id), ...(n < 4 ? [GONE] : [])];
  const status = (index: number) => {
    if ((index + n) % 7 === 3) return "V";
    if ((index * 3 + n) % 11 === 5) return "A";
    return (index + n) % 13 === 6 ? "L" : "P";
  };
  const marks = people.map((id, index) => [id, status(index), "call"]);
  if (n % 2 === 0) marks.push([WELCOME[0]?.id ?? "", "P", "self"]);
  const there = marks.filter(([, one]) => one === "P" || one === "L").length + 1;
  const step = (stage: string, left: string, ending = "done") => ({
    k: "step",
    d: { session, item: 0, stage, event: "advance", left: { stage: left, ending } },
  });
  const film = [
    step("s2", "signin"),
    { k: "play", d: { session, item: 0, fromMs: 0, toMs: 1_180_000, rate: 1 } },
    {
      k: "cue",
      d: { session, item: 0, cue: 0, event: "explained", atMs: 184_000, marked: n === 5 },
    },
    step("s4", "s2", n === 4 ? "cut-short" : "done"),
    { k: "practise", d: { session, item: 0, task: "k1", heads: 5, members: [], dueDays: 14 } },
  ];
  return [
    { k: "attend", d: { session, marks, guests: { G: 1, Q: n % 3 } } },
    ...(n === 9
      ? [{ k: "guest", d: { session, guest: "fakeguesta", as: "mobile", event: "came" } }]
      : []),
    ...(hasFilm ? film : []),
    { k: "headcount", d: { session, heads: n === 8 ? null : there + (n % 3) + (n === 9 ? 1 : 0) } },
    {
      k: "session.close",
      d: { session, ending: n === 7 ? "abandoned" : "done", counts: {}, heads: null },
    },
  ];
}

function after(session: string, n: number): Line[] {
  const who = (index: number) => EXPECTED[index]?.id ?? "";
  if (n === 0) {
    const ref = session.replace(/-\d+$/, "-2");
    const fix = { session, member: who(3), ref, from: "V", to: "P", reason: "paper" };
    return [
      { k: "attend.fix", d: fix, by: who(0) },
      {
        k: "paper",
        d: { session, result: "same", signed: 11, missing: [], extra: [], code: "same" },
      },
    ];
  }
  if (n === 5) {
    const sheet = {
      session,
      result: "differs",
      signed: 8,
      missing: [who(1)],
      extra: [],
      code: "unwritten",
    };
    return [
      { k: "paper", d: sheet },
      {
        k: "makeup",
        d: { session, item: 0, how: "home", members: [who(5)], day: "2026-06-02", held: null },
      },
    ];
  }
  return [];
}

/** Oldest first. */
export const YEAR_SESSIONS: readonly SessionRegister[] = Array.from({ length: 12 }, (_, n) =>
  sessionOf(n),
);

export const YEAR_DIRECTORY = new MemberDirectory(
  YEAR_ROSTER,
  new Map([[member(11).id, 11]]),
  [...YEAR_SESSIONS].reverse(),
);

export const YEAR_PEOPLE: BookPeople = {
  branches: YEAR_ROSTER.branches,
  members: [...YEAR_ROSTER.members.map(({ id }) => id), GONE].map((id) => {
    const { branch = null, management = null } = YEAR_DIRECTORY.member(id) ?? {};
    return { ...YEAR_DIRECTORY.name(id), branch, management };
  }),
};
