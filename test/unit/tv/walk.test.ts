/**
 * Goal: six keys suffice, nothing traps, nothing is lost, and a press count that was promised
 * holds. Method: the page's app over a real room, thousands of presses in virtual time.
 */
import { expect, test } from "vitest";
import { goHome } from "../../support/go-home.ts";
import { KeyWalk } from "../../support/key-walk.ts";
import { Monkey } from "../../support/monkey.ts";
import { SIX_KEYS } from "../../support/remote-tables.ts";
import { SHOWN_SCREENS, showScreen } from "../../support/shown-screens.ts";
import { studyDay } from "../../support/study-day.ts";

/** From each screen of the list. */
const WALK_PRESSES = 80;
const WALK_SEED = 20_260_305;
test("OK alone leads from home through a whole session", async () => {
  const tv = await studyDay({ members: 5 });
  const places: string[] = [];
  for (let count = 0; count < 80 && !(places.length > 3 && tv.place === "home"); count += 1) {
    if (places[places.length - 1] !== tv.place) places.push(tv.place);
    if (tv.place === "film" && tv.view.session?.explaining === null) await tv.wait(5000);
    else await tv.press("ok");
  }
  const stages = ["signin", "hint", "film", "discuss", "feedback", "practise", "closing"];
  expect(places).toEqual(["home", ...stages]);
  expect(tv.refusals).toEqual([]);
  expect(tv.fake.room.sessionSummaries()[0]).toMatchObject({ closed: true, ending: "done" });
});

test("from anywhere home is at most four presses away, and nothing is lost on the way", async () => {
  const tv = await studyDay({ members: 4 });
  const monkey = new Monkey(41);
  for (let round = 0; round < 120; round += 1) {
    for (let press = 0; press < 1 + (round % 23); press += 1) await monkey.act(tv);
    const { place } = tv;
    const before = tv.view.session;
    const presses = await goHome(tv);
    expect(presses, `from ${place}`).toBeLessThanOrEqual(4);
    if (before !== null && before.closed === null && tv.view.home.resume !== null) {
      await tv.press("ok");
      expect(tv.view.session).toMatchObject({ id: before.id, counts: before.counts });
    }
  }
}, 60_000);

test.each([7, 19, 83, 2027])(
  "2,500 of 10,000 presses, seed %i, lose no record and end nowhere",
  async (seed) => {
    const tv = await studyDay({ members: 6 });
    const monkey = new Monkey(seed);
    for (let press = 0; press < 2500; press += 1) await monkey.act(tv);
    expect(tv.refusals.filter((refusal) => !/: (stale|not-now|unmarked)$/.test(refusal))).toEqual(
      [],
    );
    const { session } = tv.view;
    const closed = tv.fake.room.sessionSummaries();
    expect(closed.length).toBeGreaterThan(0);
    await tv.fake.start();
    expect(tv.fake.room.sessionSummaries()).toEqual(closed);
    expect(tv.fake.view.session).toMatchObject(
      session === null || session.practice ? {} : { id: session.id },
    );
    expect(tv.fake.register.damage).toEqual([]);
  },
  60_000,
);

test("every key of every picture was tried: none is a trap or a dead end, and six keys reach all", async () => {
  const walk = new KeyWalk(WALK_SEED);
  const ledTo: string[] = [];
  for (const shown of SHOWN_SCREENS) {
    const tv = await showScreen(shown);
    if ([...tv.keysPressed].every((key) => SIX_KEYS.includes(key))) ledTo.push(tv.place);
    await walk.walk(tv, WALK_PRESSES);
  }
  const isHome = (state: string) => state.startsWith("home ");
  expect([...walk.breaches]).toEqual([]);
  expect(walk.trapped(isHome)).toEqual([]);
  expect(walk.deadEnds()).toEqual([]);
  const reached = new Set([...walk.placesFrom(isHome), ...ledTo]);
  expect(SHOWN_SCREENS.filter(({ place }) => !reached.has(place))).toEqual([]);
}, 180_000);
