/** A room on a study day with a plan, and the TV before it. */
import { expect } from "vitest";
import type { Scale } from "../../src/tv/theme.ts";
import { type FakeRoom, makePlan, startRoom } from "./fake-room.ts";
import { HeadlessTv } from "./headless-tv.ts";

export interface StudyDay {
  readonly members: number;
  readonly scale?: Scale;
  /** Of the plan; one lesson when missing. */
  readonly lessons?: readonly string[];
  /** Changes the room before the TV is switched on. */
  readonly prepare?: (fake: FakeRoom) => Promise<unknown>;
}

export async function studyDay({
  members,
  scale,
  lessons = ["rice"],
  prepare,
}: StudyDay): Promise<HeadlessTv> {
  const fake = await startRoom(members);
  const day = { date: "2026-03-05", type: "study-day", lessons: [...lessons], theme: "春耕生产" };
  expect(await fake.give("plan", makePlan([day]))).toMatchObject({ ok: true });
  if (scale !== undefined) fake.room.setSite({ scale });
  await prepare?.(fake);
  const tv = new HeadlessTv(fake);
  await tv.settle();
  return tv;
}
