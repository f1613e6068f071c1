/** A study day in a room that has a past: sessions of two months, debts, tasks, guests. */
import type { Scale } from "../../src/tv/theme.ts";
import { type FakeRoom, makeMember, makePlan, makeRoster } from "./fake-room.ts";
import type { HeadlessTv } from "./headless-tv.ts";
import { openMarked } from "./hold-session.ts";
import { studyDay } from "./study-day.ts";

const DAY_MS = 86_400_000;
export const PEOPLE = [1, 2, 3, 4].map((no) => makeMember(no).id) as [
  string,
  string,
  string,
  string,
];

/** One note, one answer, one task, as the sample material has them. */
async function fill(fake: FakeRoom): Promise<void> {
  const [one, two] = PEOPLE;
  await fake.done(
    { kind: "note", topic: "t1", points: [0, 1], speakers: [one, two], doubts: true },
    { kind: "feedback", question: "q1", counts: [2, "few"] },
    { kind: "assign", task: "p1", heads: 2, members: [one, two] },
  );
}

async function walkToClose(fake: FakeRoom): Promise<void> {
  while (fake.session.flow[fake.session.at]?.kind !== "closing") {
    if (fake.session.flow[fake.session.at]?.kind === "watch") {
      fake.play(120);
      await fake.done({ kind: "film-ended", from: fake.session.at, atMs: 120_000 });
    } else await fake.advance();
  }
}

async function holdPast(fake: FakeRoom): Promise<void> {
  const [one, two, three, four] = PEOPLE;
  await openMarked(fake, { marks: { [one]: "P", [two]: "L", [three]: "V", [four]: "A" } });
  await fake.done(
    { kind: "headcount", heads: 4 },
    { kind: "add-guest", name: "李四", as: "mobile", unit: "下湾村党支部" },
    { kind: "guests", G: 2, Q: 1 },
  );
  await fill(fake);
  await walkToClose(fake);
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
  fake.machine.clock.advance(DAY_MS);
  await openMarked(fake, { lessons: ["fire"], marks: { [one]: "P", [two]: "P", [three]: "A" } });
  await fake.done({ kind: "mark", how: "call", marks: [[four, "P"]] });
  await fill(fake);
  await walkToClose(fake);
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
  fake.machine.clock.advance(DAY_MS);
}

export async function pastDay({ scale }: { scale?: Scale } = {}): Promise<HeadlessTv> {
  return studyDay({
    members: 0,
    ...(scale === undefined ? {} : { scale }),
    async prepare(fake) {
      const members = [
        ...makeRoster(4).members,
        makeMember(5, { management: "assist", name: "流动的同志" }),
      ];
      await fake.give("roster", { ...makeRoster(0), members });
      await holdPast(fake);
      const day = { date: "2026-03-07", type: "study-day", lessons: ["rice"], theme: "春耕生产" };
      await fake.give("plan", { ...makePlan([day]), version: 2 });
    },
  });
}
