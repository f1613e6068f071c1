/**
 * Goal: a roster without a member that records name costs nobody a mark, and says so in words.
 * Method: the county's next roster drops one of three, in mid-session and after the close.
 */
import { expect, test } from "vitest";
import type { InspectorBook, MemberBook } from "../../../protocol/book-api.ts";
import type { BookAsk } from "../../../protocol/books/read-book.ts";
import type { Intent, Roster } from "../../../protocol/generated/types.ts";
import { type FakeRoom, makeRoster, startRoom } from "../../support/fake-room.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";

const OPEN: Intent = { kind: "open-session", type: "study-day", lessons: ["rice"] };
const GONE = makeRoster(3).members[1]?.id ?? "";
const STRAY = "名册已无此人（编号 2）";

function rosterWithout(id: string): Roster {
  const roster = makeRoster(3, 2);
  return { ...roster, members: roster.members.filter((member) => member.id !== id) };
}

function ask(name: string, id: string | null = null): BookAsk {
  return { name, id, year: null, branch: null, month: null };
}

const mark = (id: string, status: "P" | "V"): Intent => {
  return { kind: "mark", how: "call", marks: [[id, status]] };
};

async function leadOn(fake: FakeRoom): Promise<void> {
  while (fake.session.flow[fake.session.at]?.kind !== "closing") await fake.advance();
}

test("a roster that loses a member in mid-session: the place stays, and must still be marked", async () => {
  const fake = await startRoom();
  await fake.done(OPEN);
  const others = makeRoster(3).members.filter(({ id }) => id !== GONE);
  for (const { id } of others) await fake.done(mark(id, "P"));
  expect(await fake.give("roster", rosterWithout(GONE))).toMatchObject({ ok: true });
  const { id } = fake.session;
  const shown = fake.room.members(id)?.members.map(({ no, name }) => `${no} ${name}`);
  expect(shown).toEqual(["1 同志1", `2 ${STRAY}`, "3 同志3"]);
  await leadOn(fake);
  expect(await fake.do({ kind: "close" })).toMatchObject({
    ok: false,
    error: { code: "unmarked", text: "还有同志没有登记到没到。" },
  });
  await fake.done(mark(GONE, "V"), { kind: "close" });
  const [session] = fake.register.fold.sessions();
  expect(session).toMatchObject({
    closed: true,
    counts: { expected: 3, P: 2, V: 1, unmarked: 0 },
  });
  expect(session?.marks.find(({ member }) => member === GONE)?.status).toBe("V");
});

test("after the close the books name the place, and the member's own book is still there", async () => {
  const fake = await startRoom();
  await fake.done(OPEN);
  for (const { id } of makeRoster(3).members) await fake.done(mark(id, id === GONE ? "V" : "P"));
  await leadOn(fake);
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
  await fake.give("roster", rosterWithout(GONE));
  await fake.start();
  const detail = await fake.room.sessionDetail(fake.register.fold.sessions()[0]?.id ?? "");
  expect(JSON.stringify(detail)).toContain(STRAY);
  const book = (await fake.room.book(ask("member", GONE))) as MemberBook;
  expect(JSON.stringify(book)).toContain(STRAY);
  const inspect = (await fake.room.book(ask("inspect"))) as InspectorBook;
  expect(JSON.stringify(inspect)).not.toMatch(/undefined|NaN/);
  await fake.done(OPEN);
  expect(fake.session.counts.expected).toBe(2);
});

test("the TV calls such a member by the number, and OK alone leads to the close", async () => {
  const fake = await startRoom();
  await fake.done(OPEN);
  await fake.give("roster", rosterWithout(GONE));
  const tv = new HeadlessTv(fake);
  await tv.settle();
  await tv.pressUntil("ok", 9, ({ words }) => words.replace(/\n/g, "").includes(STRAY));
  for (let press = 0; press < 400 && tv.view.session !== null; press += 1) {
    const isRunning = tv.place === "film" && tv.view.session.explaining === null;
    if (isRunning && !tv.video.paused) await tv.wait(5000);
    else await tv.press("ok");
  }
  expect(tv.place).toBe("home");
  expect(fake.register.fold.sessions()[0]).toMatchObject({ closed: true, ending: "done" });
});
