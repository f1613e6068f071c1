import { expect, test } from "vitest";
import { keysOf } from "../../../console/web/api/event-keys.ts";
import { printHead, printTitle } from "../../../console/web/words/print-words.ts";
import { handsSum, optionName, SessionWords } from "../../../console/web/words/register-words.ts";
import type { CountySession } from "../../../protocol/console-api.ts";
import { fakeSession, SESSIONS } from "../../support/fake-county.ts";

function session(): CountySession {
  const line = SESSIONS.find(({ closed, title, openedAtMs }) => {
    return closed && title === "稻瘟病的识别与防治" && openedAtMs !== null;
  });
  if (line === undefined) throw new Error("the invented county has no such session");
  return fakeSession(line);
}

test("an erased member keeps the number and loses the name", () => {
  const words = new SessionWords(session());
  expect(words.name("m00000000001")).toBe("赵玉梅");
  expect(words.name("m00000000017")).toBe("17 号（已删除）");
  expect(words.isKnown("m00000000017")).toBe(false);
  expect(words.number("m00000000017")).toBe("17");
});

test("a member of whom not even the number is known is no number 0", () => {
  const known = session();
  const text = "名册已无此人（编号不详）";
  const gone = { id: "gone", no: 0, name: null, text, group: "" };
  const words = new SessionWords({ ...known, members: [...known.members, gone] });
  expect(words.name("gone")).toBe("名册已无此人（编号不详）");
  expect(words.number("gone")).toBe("—");
  expect(words.name("never heard of")).toBe("名册已无此人（编号不详）");
});

test("lessons, topics, questions and tasks that are not known here show their ids", () => {
  const words = new SessionWords({ ...session(), lessons: {} });
  expect(words.lessonTitle(0)).toBe("rice-blast（县里没有这个片子的资料）");
  expect(words.topic(0, "t1").text).toBe("讨论题 t1（县里没有这个片子的资料）");
  expect(words.question(0, "q1").text).toBe("问题 q1（县里没有这个片子的资料）");
  expect(words.task(0, "k1").kind).toBeNull();
  expect(optionName([], 1)).toBe("第 2 项");
});

test("several lessons of a session are numbered", () => {
  const one = session();
  const [lesson] = one.register.lessons;
  if (lesson === undefined) throw new Error("the session has no lesson");
  const words = new SessionWords({
    ...one,
    register: { ...one.register, lessons: [lesson, lesson] },
  });
  expect(words.lessonTitle(1)).toBe("第 2 课 《稻瘟病的识别与防治》");
  expect(new SessionWords(one).lessonTitle(0)).toBe("《稻瘟病的识别与防治》");
});

test("hands are summed as far as they were counted", () => {
  const line = { item: 0, question: "q" };
  expect(handsSum({ ...line, counts: [31, 7, 0] })).toEqual({ sum: 38, whole: true });
  expect(handsSum({ ...line, counts: [31, "few", null] })).toEqual({ sum: 31, whole: false });
});

test("the printed sheet names branch, day, subject and code; a branch not known is left blank", () => {
  const one = session();
  const head = Object.fromEntries(printHead(one, 480));
  expect(head.支部).toBe("石桥村党支部");
  expect(head.日期).toMatch(/^2026年11月\d+日 星期.$/);
  expect(head.核验码).toBe(one.line.headCode);
  const { branchNames: _, ...unnamed } = one;
  expect(Object.fromEntries(printHead(unnamed, 480)).支部).toMatch(/^_+$/);
  expect(printTitle(one.line, 480)).toMatch(/党员签到册 2026-11-\d\d$/);
});

test("a sheet whose day nobody knows says 日期待核, and never the day of its receipt", () => {
  const one = session();
  const line = { ...one.line, openedAtMs: null, receivedAtMs: Date.UTC(2026, 10, 24, 2) };
  expect(printTitle(line, 480)).toBe(`${line.boxName} 党员签到册 日期待核 ${line.id}`);
  const { 日期: day } = Object.fromEntries(printHead({ ...one, line }, 480));
  expect(day).toBe("日期待核 ____________________（县里收到于 2026-11-24 10:00）");
});

test("a change of a box does not make the page ask for sessions again", () => {
  expect(keysOf({ kind: "box", box: "b", session: null })).toEqual([
    ["overview"],
    ["box", "b"],
    ["boxes"],
    ["supply"],
    ["notices"],
  ]);
  expect(keysOf({ kind: "session", box: "b", session: "s" })).toEqual([
    ["overview"],
    ["box", "b"],
    ["sessions"],
    ["book", "b"],
    ["session", "b", "s"],
  ]);
});
