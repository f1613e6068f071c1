/** A session as a box journals it: 50 expected, 38 on time, 2 late, 1 on leave. */
import { createHash } from "node:crypto";
import { makeJournal, type TestJournal } from "../unit/console/journal.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Fifty ids as rosters have them. */
export const MEMBERS = Array.from({ length: 50 }, (_, index) => {
  const [high, low] = [Math.floor(index / 26), index % 26].map((at) =>
    String.fromCharCode(97 + at),
  );
  return `member${high}${low}`;
});

export const MANIFEST = JSON.stringify({
  schema: "one-room.lesson/1",
  id: "rice-blast",
  version: 1,
  title: "稻瘟病的识别与防治",
  category: "农村实用技术",
  durationMs: 120_000,
  minPlayer: "0.1.0",
  number: "1001",
  entry: { hls: "video/index.m3u8", material: "material.json" },
  files: [
    {
      path: "material.json",
      tier: "browse",
      bytes: 10,
      sha256: sha256("material"),
      type: "application/json",
    },
  ],
  bytes: { browse: 10, play: 0 },
});

export const MATERIAL = {
  schema: "one-room.material/1",
  points: [{ id: "p1", text: "先看叶，再看穗" }],
  discuss: { topics: [{ id: "t1", text: "本村哪些田块发过稻瘟病？", points: ["低洼田"] }] },
  feedback: { questions: [{ id: "f1", text: "今天的收获", options: ["都记住了", "还有疑问"] }] },
  practise: { tasks: [{ id: "k1", kind: "try", text: "看一看自家的稻叶" }] },
};

export const ROSTER = {
  schema: "one-room.roster/1",
  version: 4,
  branches: [{ id: "village", name: "李家村党支部", kind: "village" }],
  members: MEMBERS.map((id, index) => ({
    id,
    no: index + 1,
    name: `党员${index + 1}`,
    initials: "dy",
    branch: "village",
    group: "第一党小组",
    management: "direct",
    status: "active",
    roles: index === 0 ? ["broadcaster"] : [],
  })),
};

export interface SessionJournal extends TestJournal {
  readonly session: string;
}

/** `opened` only, so that a test can go on with it; `closeSession` ends it. */
export function openSession(box: string, epoch?: string): SessionJournal {
  const journal = makeJournal(box, epoch);
  journal.append("init", { box, epoch: journal.epoch, previous: null, software: "0.1.0" });
  const { s } = journal.append("session.open", {
    type: "study-day",
    title: "十一月党员电教日",
    branches: ["village"],
    rosterVersion: 4,
    rosterSha256: null,
    expected: MEMBERS,
    lessons: [{ id: "rice-blast", version: 1, sha256: sha256(MANIFEST) }],
    method: { id: "wubu", version: 1, sha256: sha256("method") },
  });
  return Object.assign(journal, { session: `${journal.epoch}-${s}` });
}

export function markAttendance(journal: SessionJournal): void {
  const { session } = journal;
  for (const [index, member] of MEMBERS.slice(0, 41).entries()) {
    const status = index < 38 ? "P" : index < 40 ? "L" : "V";
    journal.append("attend", { session, marks: [[member, status, "call"]] });
  }
  journal.append("headcount", { session, heads: 40 });
}

export function closeSession(journal: SessionJournal): void {
  const { session } = journal;
  const rest = MEMBERS.slice(41).map((member) => [member, "A", "all"]);
  journal.append("attend", { session, marks: rest });
  const counts = { expected: 50, P: 38, L: 2, X: 0, V: 1, A: 9, unmarked: 0, G: 0, Q: 0 };
  journal.append("session.close", { session, ending: "done", counts, heads: 40 });
}
