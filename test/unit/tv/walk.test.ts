/**
 * Goal: six keys suffice, nothing traps, nothing is lost, and a press count that was promised
 * holds. Method: the page's app over a real room, thousands of presses in virtual time.
 */
import { expect, test } from "vitest";
import { goHome } from "../../support/go-home.ts";
import { Monkey } from "../../support/monkey.ts";
import { studyDay } from "../../support/study-day.ts";

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
    expect(presses, `from ${place}`).toBeLessThanOrEqual(5);
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

test("signing in 40 of 50 by 点名 takes at most 53 presses", async () => {
  const tv = await studyDay({ members: 50 });
  await tv.press("ok");
  const before = tv.presses;
  for (let no = 1; no <= 50; no += 1) await tv.press(no <= 40 ? "ok" : "right");
  expect(tv.view.session?.counts).toMatchObject({ P: 40, A: 10, unmarked: 0 });
  expect(tv.presses - before).toBeLessThanOrEqual(53);
});

test("today's lesson starts with one press, and a segment is seen again with one", async () => {
  const tv = await studyDay({ members: 1 });
  await tv.press("ok");
  expect(tv.place).toBe("signin");
  await tv.pressUntil("ok", 12, ({ place }) => place === "film");
  await tv.wait(9000);
  await tv.press("up");
  expect(tv.view.session?.film?.atMs).toBeLessThan(1000);
});

test("a late-comer is signed in with at most five presses", async () => {
  const tv = await studyDay({ members: 3 });
  await tv.press("ok", "ok", "ok", "right", "ok", "ok");
  await tv.pressUntil("ok", 3, ({ place }) => place === "hint");
  const before = tv.presses;
  await tv.press("back", "down", "ok", "ok");
  expect(tv.view.session?.counts).toMatchObject({ P: 2, L: 1, A: 0 });
  expect(tv.presses - before).toBeLessThanOrEqual(5);
});
