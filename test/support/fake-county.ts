/**
 * An invented county for looking at the console's page: 300 rooms, 40 sessions, names of nobody.
 * The same every time: nothing here is drawn by chance.
 */

import { entryOf } from "../../protocol/books/entries.ts";
import type {
  BoxDetail,
  BoxLine,
  CountyMember,
  CountySession,
  EpochLine,
  LessonWords,
  LinkState,
  SessionLine,
} from "../../protocol/console-api.ts";
import type {
  AttendanceCounts,
  AttendanceStatus,
  ScreenState,
} from "../../protocol/generated/types.ts";
import type {
  CorrectionLine,
  Instant,
  MarkLine,
  SessionRegister,
} from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const GIB = 1024 ** 3;
export const UTC_OFFSET_MINUTES = 480;
/** 2026-11-23 10:12 in the county, a Monday. */
export const NOW_MS = Date.UTC(2026, 10, 23, 2, 12);

const TOWNS = ["石桥镇", "青坪镇", "柳河镇", "双溪乡", "大湾乡", "云岭镇"];
const HEADS = "石青柳双大云白清龙凤金银松竹梅兰桃杏上下东西南北".split("");
const TAILS = [
  "桥村",
  "坪村",
  "河村",
  "溪村",
  "湾村",
  "岭村",
  "塘村",
  "田村",
  "寨村",
  "沟村",
  "坝村",
  "山村",
  "庙社区",
];
const SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗".split("");
const GIVEN = [
  "建国",
  "桂兰",
  "德福",
  "秀英",
  "志强",
  "玉梅",
  "春生",
  "国华",
  "翠花",
  "永康",
  "长林",
  "素珍",
  "大海",
];
const EPOCH = "0b7e3f5a9c1d2e4f";

const id16 = (n: number) => `r${String(n).padStart(4, "0")}abcdefghijk`.slice(0, 16);

export const LESSONS: Readonly<Record<string, LessonWords>> = {
  "rice-blast": {
    title: "稻瘟病的识别与防治",
    durationMs: 152_000,
    points: {
      p1: "梭形病斑，中间灰白边缘褐色",
      p2: "破口期前后是防治的关键",
      p3: "少施氮肥，不串灌",
    },
    topics: {
      t1: {
        text: "咱们村的田里，今年见过这种病斑吗？在哪几块田？",
        points: ["叶子上有梭形病斑", "穗颈发黑、白穗", "低洼、串灌的田更重"],
      },
      t2: {
        text: "破口期前后，各家怎样统一打药？",
        points: ["看天气抢晴打药", "专业队统一打", "药剂要轮换"],
      },
    },
    questions: {
      q1: { text: "今天的内容，您觉得有用吗？", options: ["很有用", "有一点用", "没什么用"] },
      q2: {
        text: "回去防治，最大的困难是什么？",
        options: ["没有人手", "不会配药", "药太贵", "没有困难"],
      },
    },
    tasks: {
      k1: { text: "到自家田里查一遍病斑，记下是哪块田", kind: "try" },
      k2: { text: "党员带着邻居看一次发病的田", kind: "outing" },
    },
  },
};

const LINKS: readonly LinkState[] = [
  "online",
  "online",
  "offline",
  "lost",
  "online",
  "lost",
  "offline",
];

function linkOf(n: number): LinkState {
  return n % 53 === 17 ? "never" : (LINKS[n % LINKS.length] ?? "online");
}

function roomName(n: number): string {
  const name = `${HEADS[n % HEADS.length]}${TAILS[Math.floor(n / HEADS.length) % TAILS.length]}`;
  return n === 7 ? "云岭镇凤凰山易地扶贫搬迁集中安置社区第二收看室" : `${name}收看室`;
}

const HOME: ScreenState = { screen: "home", session: null, stage: null, title: null, atMs: null };

function inSession(n: number): ScreenState {
  const stage = STAGES[n % 5] ?? "播放收看";
  const atMs = stage === "播放收看" ? 65_000 + n * 9_000 : null;
  return { screen: "session", session: sessionId(n), stage, title: "稻瘟病的识别与防治", atMs };
}

/** The first rooms are in session; room 3 was, when its plug was pulled. */
function screenOf(n: number, link: LinkState): ScreenState {
  if (n === 3 || (n < 8 && link === "online")) return inSession(n);
  if (n % 11 === 4) return { ...HOME, screen: "closed" };
  return n % 41 === 9 ? { ...HOME, screen: "no-page" } : HOME;
}

function awayMs(n: number, link: LinkState): number {
  if (link === "online") return (n % 50) * 1000;
  return n % 37 === 3
    ? (36 + n / 10) * DAY_MS
    : 20 * MINUTE_MS + ((n * 7919) % (20 * 24 * 60)) * MINUTE_MS;
}

const STAGES = ["签到", "播放收看", "播后讨论", "播放收看", "信息反馈"];

const NOTHING_KNOWN = {
  screen: null,
  lessonsReady: null,
  lessonsTotal: null,
  cacheBytes: null,
  diskFreeBytes: null,
  diskTotalBytes: null,
  software: null,
  backlog: null,
} as const;

function knownOf(n: number, link: LinkState) {
  if (link === "never") return NOTHING_KNOWN;
  return {
    screen: screenOf(n, link),
    lessonsReady: n % 9 === 2 ? 2 : 3,
    lessonsTotal: 3,
    cacheBytes: 0.12 * GIB,
    diskFreeBytes: n % 71 === 5 ? 0.4 * GIB : (6 + (n % 40) / 10) * GIB,
    diskTotalBytes: 14.6 * GIB,
    software: n % 6 === 1 ? "0.1.0" : "0.2.0",
    backlog: link !== "online" && n % 8 === 3 ? 37 : 0,
  };
}

function stateOf(link: LinkState): BoxLine["state"] {
  if (link === "never") return null;
  return link === "online" ? "ready" : link;
}

function boxOf(n: number): BoxLine {
  const link = linkOf(n);
  const seenAtMs = link === "never" ? null : NOW_MS - awayMs(n, link);
  return {
    id: id16(n),
    name: roomName(n),
    place: `${TOWNS[n % TOWNS.length]} ${roomName(n).replace(/收看室$/, "")}党群服务中心`,
    link,
    state: stateOf(link),
    seenAtMs,
    sinceMs: link === "online" ? NOW_MS - (n % 300) * MINUTE_MS : seenAtMs,
    ...knownOf(n, link),
    conflicts: n === 12 ? 2 : 0,
    conflictsNew: n === 12 ? 2 : 0,
    alarms:
      n === 31
        ? [
            {
              kind: "behind",
              epoch: EPOCH,
              records: 18,
              sinceMs: NOW_MS - 2 * DAY_MS,
              looked: false,
            },
          ]
        : [],
    damage: n === 25 ? ["片子《社区消防与用电安全》有一个文件校验不对"] : [],
  };
}

export const BOXES: readonly BoxLine[] = Array.from({ length: 300 }, (_, n) => boxOf(n));

function sessionId(n: number): string {
  return `${EPOCH}-${100 + n}`;
}

function statusOf(member: number, n: number): AttendanceStatus {
  if (n < 8 && member > 30 + n) return "-";
  if (member % 13 === 5) return "V";
  if (member % 17 === 9) return "A";
  if (member % 19 === 6) return "L";
  return member % 43 === 20 ? "X" : "P";
}

function countsOf(n: number): AttendanceCounts {
  const counts = { expected: 50, P: 0, L: 0, X: 0, V: 0, A: 0, unmarked: 0, G: n % 3, Q: n % 5 };
  for (let member = 1; member <= 50; member += 1) {
    const status = statusOf(member, n);
    counts[status === "-" ? "unmarked" : status] += 1;
  }
  return counts;
}

const TYPES = ["study-day", "study-day", "party-lecture", "skills-training", "theme-day"];

function openedAt(n: number): number {
  return n < 8 ? NOW_MS - (52 - n * 3) * MINUTE_MS : NOW_MS - n * 0.9 * DAY_MS;
}

function headsOf(n: number, counts: AttendanceCounts): number | null {
  const inRoom = counts.P + counts.L + counts.X + counts.G + counts.Q;
  if (n < 8 || n % 10 === 0) return null;
  return n % 7 === 2 ? inRoom + 2 : inRoom;
}

function progressOf(n: number): Pick<SessionLine, "stageName" | "closed" | "ending" | "headCode"> {
  if (n < 8) {
    return { stageName: STAGES[n % 5] ?? null, closed: false, ending: null, headCode: null };
  }
  const headCode = `7K3QM-9TX${String.fromCharCode(65 + (n % 8))}A`;
  return { stageName: null, closed: true, ending: n % 16 === 9 ? "abandoned" : "done", headCode };
}

function sessionOf(n: number): SessionLine {
  const counts = countsOf(n);
  const type = TYPES[n % TYPES.length] ?? "study-day";
  const box = BOXES[n < 8 ? n : (n * 7) % 300] ?? boxOf(0);
  return {
    box: box.id,
    boxName: box.name,
    id: sessionId(n),
    type,
    typeName: sessionTypeName(type),
    title: n % 4 === 3 ? sessionTypeName(type) : "稻瘟病的识别与防治",
    openedAtMs: n % 9 === 4 ? null : openedAt(n),
    receivedAtMs: openedAt(n) + 5000,
    counts,
    welcome: 0,
    heads: headsOf(n, counts),
    headsAsked: n >= 8,
    evidence: evidenceOf(n % 9 !== 4, headsOf(n, counts)),
    incomplete: n % 11 === 3,
    ...progressOf(n),
  };
}

function evidenceOf(sure: boolean, heads: number | null): string[] {
  return [
    sure ? "时间已核对" : "时间未确认",
    heads === null ? "现场人数没有清点" : `现场清点 ${heads} 人，与签到一致`,
    "片子实际放了 2 分 6 秒",
    "电视开没开不知道",
  ];
}

export const SESSIONS: readonly SessionLine[] = Array.from({ length: 40 }, (_, n) => sessionOf(n))
  .filter(({ box }, n) => n >= 8 || BOXES.find(({ id }) => id === box)?.link === "online")
  .sort((a, b) => b.receivedAtMs - a.receivedAtMs);

function memberOf(no: number): CountyMember {
  const name = `${SURNAMES[(no * 7) % SURNAMES.length]}${GIVEN[(no * 5) % GIVEN.length]}`;
  const long = no === 23 ? "阿卜杜热合曼·买买提吐尔逊" : name;
  const group = `第${["一", "二", "三"][no % 3]}党小组`;
  const text = no === 17 ? "17 号（已删除）" : long;
  return { id: `m${String(no).padStart(11, "0")}`, no, name: no === 17 ? null : long, text, group };
}

const MEMBERS = Array.from({ length: 50 }, (_, index) => memberOf(index + 1));

function instant(unixMs: number, sure: boolean): Instant {
  return { bootOrdinal: 12, bootMs: unixMs - NOW_MS + DAY_MS, unixMs, sure };
}

function markOf({ no, id }: CountyMember, line: SessionLine): MarkLine {
  const status = statusOf(no, Number(line.id.split("-")[1]) - 100);
  const at = instant(line.receivedAtMs + no * 4000, line.openedAtMs !== null);
  return status === "-"
    ? { member: id, status, how: null, at: null, ref: line.id, corrected: false }
    : {
        member: id,
        status,
        how: status === "L" ? "late" : "call",
        at,
        ref: line.id,
        corrected: no === 31,
      };
}

/** The mark that is shown with 更. */
function correction(line: SessionLine, at: Instant): CorrectionLine {
  const who = { field: "mark", member: "m00000000031", from: "V", to: "P" } as const;
  const why = { reason: "paper", note: null, by: "m00000000004" } as const;
  return { record: `${EPOCH}-900`, ...who, ...why, at, stands: line.closed };
}

function fakeRegister(line: SessionLine): SessionRegister {
  const sure = line.openedAtMs !== null;
  const at = (minutes: number) => instant(line.receivedAtMs + minutes * MINUTE_MS, sure);
  const stage = (id: string, minutes: number, ending: "done" | "cut-short" | null = "done") => ({
    item: 0,
    stage: id,
    enteredAt: at(minutes),
    ending,
  });
  const { counts, heads } = line;
  return {
    id: line.id,
    type: line.type,
    title: line.title,
    branches: ["b1"],
    lessons: [{ id: "rice-blast", version: 1, sha256: "ab".repeat(32) }],
    method: { id: "five-step", version: 1, sha256: "cd".repeat(32) },
    rosterSha256: null,
    by: "m00000000004",
    openedAt: at(0),
    closedAt: line.closed ? at(64) : null,
    stage: line.closed ? null : "s2",
    item: 0,
    paused: false,
    closed: line.closed,
    ending: line.ending,
    counts,
    heads,
    headsAsked: line.headsAsked,
    marks: MEMBERS.map((member) => markOf(member, line)),
    people: Object.fromEntries(
      MEMBERS.map(({ id, no }) => [id, { no, branch: "b1", expected: true }]),
    ),
    corrections: [correction(line, at(300))],
    makeups: [],
    results: [],
    stages: [
      stage("signin", 0),
      stage("s1", 7),
      stage("s2", 10),
      stage("s4", 22),
      stage("feedback", 41),
      stage("s5", 55, line.closed ? "cut-short" : null),
    ],
    viewing: [
      {
        item: 0,
        lesson: { id: "rice-blast", version: 1, sha256: "ab".repeat(32) },
        watchedMs: 126_000,
        spans: [
          [0, 92_000],
          [110_000, 144_000],
        ],
        cuesExplained: [0, 1],
        ownExplanations: 1,
        questionsNoted: 0,
      },
    ],
    notes: [
      {
        session: line.id,
        item: 0,
        topic: "t1",
        points: [0, 2],
        speakers: ["m00000000003", "m00000000017", "m00000000023"],
        doubts: true,
      },
      { session: line.id, item: 0, topic: "t2", points: [], speakers: [], doubts: null },
      {
        session: line.id,
        item: 0,
        topic: "t9",
        points: [1],
        speakers: ["m00000000008"],
        doubts: false,
      },
    ],
    feedback: [
      { item: 0, question: "q1", counts: [31, 7, 0] },
      { item: 0, question: "q2", counts: ["few", "most", null, "none"] },
    ],
    tasks: [
      {
        session: line.id,
        item: 0,
        task: "k1",
        heads: 22,
        members: ["m00000000001", "m00000000002"],
      },
      { session: line.id, item: 0, task: "k2", heads: null, members: [] },
    ],
    guests: [],
    paper: null,
    makesUp: [],
    headCode: line.headCode,
    evidence: evidenceOf(sure, heads),
  };
}

export function fakeSession(line: SessionLine): CountySession {
  const register = fakeRegister(line);
  const known = line.title === "稻瘟病的识别与防治";
  return {
    line,
    entry: entryOf(register),
    register,
    members: MEMBERS,
    branchNames: { b1: "石桥村党支部" },
    lessons: known ? LESSONS : {},
    stageNames: {
      signin: "签到",
      s1: "播前提示",
      s2: "播放收看",
      s4: "播后讨论",
      feedback: "信息反馈",
      s5: "课后实践",
    },
  };
}

const BORN = {
  node: "20.18.1",
  memoryBytes: 74 * 1024 ** 2,
  clockSource: "county",
  clockOffsetMs: 4200,
  bootOrdinal: 12,
  uptimeMs: 3 * 3_600_000,
  rosterVersion: 3,
  configVersion: 5,
  memberCount: 50,
};

const NOT_BORN: Record<keyof typeof BORN, null> = {
  node: null,
  memoryBytes: null,
  clockSource: null,
  clockOffsetMs: null,
  bootOrdinal: null,
  uptimeMs: null,
  rosterVersion: null,
  configVersion: null,
  memberCount: null,
};

function epochsOf({ link, backlog }: BoxLine): EpochLine[] {
  if (link === "never") return [];
  const gaps = [
    [432, 443],
    [450, 450],
  ] as const;
  const waits = backlog ?? 0;
  return [
    { epoch: EPOCH, upTo: 431, head: 431 + waits, gaps: waits === 0 ? [] : gaps },
    { epoch: "77aa01b2c3d4e5f6", upTo: 58, head: 58, gaps: [] },
  ];
}

export function fakeBox(box: BoxLine): BoxDetail {
  return {
    ...box,
    ...(box.link === "never" ? NOT_BORN : BORN),
    epochs: epochsOf(box),
    sessions: SESSIONS.filter((line) => line.box === box.id),
  };
}
