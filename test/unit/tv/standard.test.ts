/**
 * Goal: every text of every screen keeps to the standard for old eyes, in all three scales.
 * Method: a seeded hand walks through sessions over a real room; each scene on the way is measured.
 * That no screen is forgotten is asked in `screens.test.ts`.
 */
import { expect, test } from "vitest";
import { SESSION_TYPES } from "../../../protocol/session-type.ts";
import type { RemoteKey } from "../../../src/tv/screen.ts";
import type { Scale } from "../../../src/tv/theme.ts";
import { type FakeRoom, makeMember, makeRoster } from "../../support/fake-room.ts";
import type { HeadlessTv } from "../../support/headless-tv.ts";
import { Monkey } from "../../support/monkey.ts";
import { breachesOf, focusBreaches, showsFocus } from "../../support/standard.ts";
import { studyDay } from "../../support/study-day.ts";

const PRESSES_MAX = 2500;
/** 报号 and 全到去缺 need digits. */
const ROLL: readonly RemoteKey[] = [
  "ok",
  "up",
  "down",
  "left",
  "right",
  "back",
  "digit-0",
  "digit-3",
  "menu",
];
const ROLL_PRESSES = 700;
const SEED = 20_260_305;

class Measured {
  readonly found = new Set<string>();
  readonly #tv: HeadlessTv;

  constructor(tv: HeadlessTv) {
    this.#tv = tv;
  }

  look(): void {
    const { place, scene } = this.#tv;
    for (const breach of breachesOf(scene)) this.found.add(`${place}: ${breach}`);
    for (const breach of focusBreaches(scene)) this.found.add(`${place}: ${breach}`);
    if (!this.#tv.isBareFilm && !showsFocus(scene)) this.found.add(`${place}: no focus is seen`);
  }

  async press(...keys: RemoteKey[]): Promise<void> {
    for (const key of keys) {
      await this.#tv.press(key);
      this.look();
    }
  }
}

/** From home through 其他活动 into a session; the type's place in the grid of three columns. */
async function beginType(measured: Measured, index: number): Promise<void> {
  await measured.press("down", "down", "down", "down", "ok");
  for (let row = 3; row <= index; row += 3) await measured.press("down");
  for (let column = 0; column < index % 3; column += 1) await measured.press("right");
  await measured.press("ok", "ok", "ok", "ok", "ok", "back", "back");
}

async function okToTheEnd(tv: HeadlessTv, measured: Measured): Promise<void> {
  expect(tv.view.session).not.toBeNull();
  for (let count = 0; count < 60 && tv.view.session !== null; count += 1) {
    if (tv.place === "film" && tv.view.session.explaining === null) await tv.wait(5000);
    await measured.press("ok");
  }
}

/** 其他活动: every type is asked about, and held to its end; 练习 among them. */
async function lookAtTypes(scale: Scale): Promise<void> {
  for (const [index] of SESSION_TYPES.slice(1).entries()) {
    const tv = await studyDay({ members: 3, scale });
    const measured = new Measured(tv);
    await beginType(measured, index);
    await okToTheEnd(tv, measured);
    expect([...measured.found]).toEqual([]);
  }
}

/** A TV that nobody has set up yet, with a remote that sends what no table knows. */
async function lookAtSetup(scale: Scale): Promise<void> {
  const prepare = async (fake: FakeRoom) => {
    fake.settings.file = null;
    await fake.start();
    fake.room.setSite({ scale });
  };
  const tv = await studyDay({ members: 1, prepare });
  const measured = new Measured(tv);
  measured.look();
  await measured.press("down");
  await tv.pressStrange("OK|KeyOk|0");
  measured.look();
  await measured.press("left", "up", "ok", "ok", "ok", "back", "ok", "right", "down", "right");
  await measured.press("ok", "up", "ok");
  expect(tv.place).toBe("home");
  expect([...measured.found]).toEqual([]);
}

/** Ways to what lies behind a key, by place. */
const NAMED: Readonly<Record<string, readonly RemoteKey[]>> = {
  discuss: [
    ...(["right", "right", "right", "down", "down", "right", "ok"] as const),
    ...(["digit-9", "digit-9", "digit-1", "left", "ok", "page-down", "ok", "back"] as const),
  ],
  feedback: ["down", "right", "right", "left", "left", "left"],
  practise: ["left", "ok", "page-down", "ok", "back"],
};

/** Many people in groups, some with long names: the page of groups, who spoke, who will try. */
async function lookAtNames(scale: Scale): Promise<void> {
  const members = Array.from({ length: 72 }, (_, index) => ({
    ...makeMember(index + 1, { group: `第 ${1 + (index % 10)} 党小组` }),
    name: index % 9 === 0 ? "阿卜杜热合曼·麦麦提吐尔逊·买买提艾力·热" : "欧阳王桂兰",
  }));
  const prepare = (fake: FakeRoom) => fake.give("roster", { ...makeRoster(0), members });
  const tv = await studyDay({ members: 0, scale, prepare });
  const measured = new Measured(tv);
  await measured.press("ok", "ok", "up", "down", "right", "down", "down", "down", "ok", "ok");
  await tv.fake.done({
    kind: "mark",
    how: "all",
    marks: members.map(({ id }) => [id, "P"]) as never,
  });
  for (let press = 0; press < 40 && tv.place !== "closing"; press += 1) {
    if (tv.place === "film") await tv.fake.advance();
    await measured.press(...(NAMED[tv.place] ?? []), "ok");
  }
  expect(tv.place).toBe("closing");
  expect([...measured.found]).toEqual([]);
}

/** What home says when the planned lesson cannot be shown. */
async function lookAtTrouble(scale: Scale): Promise<void> {
  for (const state of ["absent", "partial", "quarantined", "needs-upgrade"] as const) {
    const tv = await studyDay({ members: 3, scale });
    const measured = new Measured(tv);
    const view = structuredClone(tv.view);
    for (const lesson of view.home.plan?.lessons ?? []) lesson.state = state;
    if (view.home.plan !== null) view.home.plan.today = state === "absent";
    tv.app.show(view);
    await tv.settle();
    expect(tv.words).toContain("安排的片子");
    measured.look();
    expect([...measured.found]).toEqual([]);
  }
}

test.each<Scale>(["standard", "large", "huge"])(
  "every text keeps to the standard in scale %s",
  async (scale) => {
    const tv = await studyDay({ members: 4, scale });
    const monkey = new Monkey(SEED);
    const measured = new Measured(tv);
    for (let press = 0; press < PRESSES_MAX; press += 1) {
      measured.look();
      await monkey.act(tv);
    }
    const roller = await studyDay({ members: 40, scale });
    const rolled = new Measured(roller);
    const hand = new Monkey(SEED, ROLL);
    for (let press = 0; press < ROLL_PRESSES; press += 1) {
      rolled.look();
      await hand.act(roller);
    }
    expect([...rolled.found]).toEqual([]);
    await lookAtSetup(scale);
    await lookAtNames(scale);
    await lookAtTypes(scale);
    await lookAtTrouble(scale);
    expect([...measured.found]).toEqual([]);
  },
  60_000,
);
