/**
 * Goal: which stages a session of a type has is said by data. Method: every type with 五步教学法,
 * with and without a lesson, against the table of docs/formats/session.md.
 */
import { expect, test } from "vitest";
import { isMethod } from "../../../protocol/generated/validators.js";
import { findSessionType, lessonsShown, SESSION_TYPES } from "../../../protocol/session-type.ts";
import { SEED_METHOD } from "../../../src/room/seed-method.ts";
import { planFlow } from "../../../src/session/flow.ts";
import { stagesOfType } from "../../../src/session/type-stages.ts";

const WHOLE = ["签到", "播前提示", "播放收看", "播中解释", "播后讨论", "信息反馈", "课后实践"];

const TABLE: Readonly<
  Record<string, readonly [without: readonly string[], one: readonly string[]]>
> = {
  "study-day": [WHOLE, WHOLE],
  "party-lecture": [WHOLE, WHOLE],
  "branch-assembly": [
    ["签到", "开会", "讨论"],
    ["签到", "开会", ...WHOLE.slice(1)],
  ],
  "branch-committee": [["签到", "讨论"], []],
  "party-group": [["签到", "讨论"], []],
  "democratic-life": [["签到", "开会"], []],
  "theme-day": [
    ["签到", "主题活动", "讨论"],
    ["签到", "主题活动", ...WHOLE.slice(1)],
  ],
  "skills-training": [WHOLE, WHOLE],
  "leader-lecture": [["签到", "讲课", "讨论"], []],
  "live-broadcast": [["签到", "收看直播", "讨论"], []],
  rehearsal: [WHOLE, WHOLE],
};

test.each(SESSION_TYPES.map((type) => [type.name, type] as const))(
  "S5: %s has the stages that the table says",
  (_name, type) => {
    const names = (count: number) => stagesOfType(type, SEED_METHOD, count).map(({ name }) => name);
    const [without, withOne] = TABLE[type.id] ?? [];
    expect(names(0)).toEqual(without);
    if (type.lesson !== "none") expect(names(1)).toEqual(withOne);
    const stages = stagesOfType(type, SEED_METHOD, 1).map(({ once: _once, ...stage }) => stage);
    expect(isMethod({ ...SEED_METHOD, stages })).toBe(true);
  },
);

test("a stage of the type's own is held once, however many lessons there are", () => {
  const stages = stagesOfType(findSessionType("theme-day"), SEED_METHOD, 2);
  const flow = planFlow({ stages }, 2).map(({ item, name }) => `${item} ${name}`);
  expect(flow.filter((line) => line.includes("主题活动"))).toEqual(["0 主题活动"]);
  expect(flow.filter((line) => line.includes("播放收看"))).toEqual(["0 播放收看", "1 播放收看"]);
});

test("a type that this program does not know has the whole method", () => {
  expect(stagesOfType(undefined, SEED_METHOD, 1)).toEqual(SEED_METHOD.stages);
});

test("lessons of a type without a film are set aside", () => {
  expect(lessonsShown("leader-lecture", ["rice"])).toEqual([]);
  expect(lessonsShown("theme-day", ["rice"])).toEqual(["rice"]);
});
