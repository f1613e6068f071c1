import { expect, test } from "vitest";
import { foldSession } from "../../../protocol/fold-session.ts";
import type { RecordEnvelope, WallSource } from "../../../protocol/generated/types.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { SessionRegister } from "../../../protocol/register.ts";

const SESSION = "0a1b2c3d-1";
const LESSON = { id: "rice-blast-2026", version: 1, sha256: "0".repeat(64) };
const OPEN = {
  type: "study-day",
  title: "稻瘟病的识别与防治",
  branches: ["b1"],
  rosterVersion: 1,
  rosterSha256: null,
  expected: ["aaaaaaaa", "bbbbbbbb", "cccccccc"],
  lessons: [LESSON],
  method: { id: "wubu", version: 1, sha256: "0".repeat(64) },
  stage: "signin",
};

interface Line {
  readonly k: string;
  readonly d: object;
  readonly v?: number;
  readonly ws?: WallSource;
}

function fold(...lines: readonly Line[]): SessionRegister {
  const all: readonly Line[] = [{ k: "session.open", d: OPEN }, ...lines];
  const records = all.map(({ k, d, v = 1, ws = "county" }, index): StoredRecord => {
    const s = index + 1;
    const envelope = { e: "0a1b2c3d", s, p: "0".repeat(32), k, v, bt: 1, mt: s * 1000, wt: s };
    const record = { ...envelope, ws, by: "-", d } as RecordEnvelope;
    return { e: "0a1b2c3d", s, h: "f".repeat(64), json: JSON.stringify(record), record };
  });
  const register = foldSession(records);
  if (register === null) throw new Error("a session without its beginning");
  return register;
}

const attend = (...marks: readonly (readonly [string, string, string])[]): Line => ({
  k: "attend",
  d: { session: SESSION, marks },
});
const play = (fromMs: number, toMs: number): Line => ({
  k: "play",
  d: { session: SESSION, item: 0, fromMs, toMs, rate: 1 },
});
const countsOf = (some: object) => {
  const none = { expected: 3, P: 0, L: 0, X: 0, V: 0, A: 0, unmarked: 0, G: 0, Q: 0 };
  return { ...none, ...some };
};
const close: Line = {
  k: "session.close",
  d: { session: SESSION, ending: "done", counts: countsOf({ P: 1, A: 2 }), heads: null },
};

test("records without the session's opening are no session", () => {
  expect(foldSession([])).toBeNull();
});

test("the newest mark of a member counts, and 未登记 takes a mark back", () => {
  const { counts, marks } = fold(
    attend(["aaaaaaaa", "A", "call"], ["bbbbbbbb", "P", "all"]),
    attend(["aaaaaaaa", "L", "late"], ["bbbbbbbb", "-", "call"]),
  );
  expect(counts).toEqual({ expected: 3, P: 0, L: 1, X: 0, V: 0, A: 0, unmarked: 2, G: 0, Q: 0 });
  expect(marks.map(({ status }) => status)).toEqual(["L", "-", "-"]);
});

test("who was not expected is listed, and not counted", () => {
  const { counts, marks } = fold(attend(["zzzzzzzz", "P", "self"]));
  expect(counts.P).toBe(0);
  expect(marks.map(({ member }) => member)).toEqual([...OPEN.expected, "zzzzzzzz"]);
});

test("guests are counted apart, and a new total replaces the old", () => {
  const guests = (counts: object): Line => ({
    k: "attend",
    d: { session: SESSION, marks: [], guests: counts },
  });
  const { counts } = fold(guests({ G: 2, Q: 1 }), guests({ G: 3 }));
  expect(counts).toMatchObject({ expected: 3, G: 3, Q: 1 });
});

test("what was watched twice counts once, and seeking back earns nothing", () => {
  const [viewing] = fold(play(0, 60_000), play(30_000, 90_000), play(90_000, 90_000)).viewing;
  expect(viewing).toMatchObject({ watchedMs: 90_000, spans: [[0, 90_000]] });
});

test("the stages say how each was left, and pausing enters none", () => {
  const step = (event: string, stage: string, ending?: string): Line => {
    const left = ending === undefined ? {} : { left: { stage: "x", ending } };
    return { k: "step", d: { session: SESSION, item: 0, stage, event, ...left } };
  };
  const paused = fold(step("advance", "s1", "done"), step("pause", "s1"));
  expect(paused).toMatchObject({ stage: "s1", paused: true });
  const register = fold(
    step("advance", "s1", "done"),
    step("pause", "s1"),
    step("resume", "s1"),
    step("advance", "-", "cut-short"),
  );
  expect(register).toMatchObject({ stage: "-", paused: false });
  const stages = register.stages.map(({ stage, ending }) => [stage, ending]);
  expect(stages).toEqual([
    ["signin", "done"],
    ["s1", "cut-short"],
    ["-", null],
  ]);
});

test("a closed session takes the last span of its film, and nothing else", () => {
  const register = fold(attend(["aaaaaaaa", "P", "call"]), close, play(0, 5000), {
    ...attend(["aaaaaaaa", "A", "call"]),
  });
  expect(register).toMatchObject({ closed: true, ending: "done", stage: null });
  expect(register.counts).toMatchObject({ P: 1, A: 0 });
  expect(register.viewing[0]?.watchedMs).toBe(5000);
  expect(register.headCode).toBe("ZZZZZ-ZZZZZ");
});

test("a kind or a version that is not known changes nothing", () => {
  const future = { ...attend(["aaaaaaaa", "P", "call"]), v: 2 };
  const strange = { k: "quiz.answer", d: { session: SESSION } };
  expect(fold(future, strange)).toEqual(fold());
});

test("the evidence says which numbers disagree, and whether the clock was sure", () => {
  const heads: Line = { k: "headcount", d: { session: SESSION, heads: 3 } };
  const lines = [attend(["aaaaaaaa", "P", "call"]), heads, play(0, 552_000), close];
  const { evidence } = fold(...lines.map((line) => ({ ...line, ws: "rtc" as const })));
  expect(evidence).toEqual([
    "时间已核对（县里校时）",
    "签到 1 人，清点 3 人，相差 2 人",
    "还有 2 人未登记",
    "片子实际放了 9 分 12 秒",
    "电视开没开不知道",
    "结束时的人数与逐条签到对不上，请核对",
  ]);
});

test("a closing record that says what its marks add up to is not called into question", () => {
  const marks = attend(["aaaaaaaa", "P", "call"], ["bbbbbbbb", "A", "call"]);
  const rest = attend(["cccccccc", "A", "call"]);
  const words = "结束时的人数与逐条签到对不上，请核对";
  expect(fold(marks, rest, close).evidence).not.toContain(words);
  expect(fold(marks, close).evidence).toContain(words);
  const abandoned = { session: SESSION, ending: "abandoned", heads: null };
  const d = { ...abandoned, counts: countsOf({ P: 1, A: 1, unmarked: 1 }) };
  expect(fold(marks, { k: "session.close", d }).evidence).not.toContain(words);
});

test("the evidence says of the TV what it said of itself, and no more", () => {
  const tv = (power: string): Line => ({
    k: "device",
    d: { session: SESSION, device: "tv", power, how: "cec" },
  });
  expect(fold().evidence).toContain("电视开没开不知道");
  const last = (...powers: readonly string[]) => fold(...powers.map(tv)).evidence.at(-1);
  expect(last("on", "on")).toBe("电视一直开着");
  expect(last("on", "unknown", "on")).toBe("电视开过，中间有时不知道");
  expect(last("on", "off", "on")).toBe("电视有时是关着的");
  expect(last("unknown")).toBe("电视开没开不知道");
});

test("a wall clock that nobody vouches for is never a time, whatever it says", () => {
  const record = (ws: WallSource) => {
    const base = { e: "0a1b2c3d", s: 1, p: "0".repeat(32), k: "session.open", v: 1, bt: 2, mt: 5 };
    const envelope = { ...base, wt: 99, ws, by: "-", d: OPEN } as unknown as RecordEnvelope;
    return { e: "0a1b2c3d", s: 1, h: "0".repeat(64), json: "", record: envelope };
  };
  const openedAt = (ws: WallSource) => foldSession([record(ws)])?.openedAt;
  for (const ws of ["none", "floor", "rtc", "operator", "ntp"] as const) {
    expect(openedAt(ws)).toMatchObject({ bootOrdinal: 2, bootMs: 5, unixMs: null, sure: false });
  }
  expect(openedAt("county")).toMatchObject({ sure: true, source: "county", uncMs: 60_000 });
});
