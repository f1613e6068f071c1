/** The plan that the demonstration starts with: a study day today, and a few later ones. */
import type { Plan, PlanDay } from "../../../protocol/generated/types.ts";
import { SAMPLE_LESSONS } from "./lessons.ts";

const DAY_MS = 86_400_000;

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `todayDate` is YYYY-MM-DD in the room's own time zone. */
export function samplePlan(todayDate: string): Plan {
  const day = (after: number, type: string, lesson: string, theme: string): PlanDay => ({
    date: daysAfter(todayDate, after),
    type,
    lessons: [lesson],
    theme,
  });
  return {
    schema: "one-room.plan/1",
    version: 1,
    days: [
      day(0, "study-day", SAMPLE_LESSONS.rice, "防病保丰收"),
      day(7, "theme-day", SAMPLE_LESSONS.fire, "平安过冬,人人会用电"),
      day(14, "skills-training", SAMPLE_LESSONS.rice, "田间再看一遍"),
      day(30, "study-day", SAMPLE_LESSONS.howTo, "播放员练一练"),
    ],
  };
}
