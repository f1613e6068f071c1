import fc from "fast-check";
import { expect, test } from "vitest";
import {
  clockTextWithSeconds,
  dateTimeText,
  dayEndMs,
  dayKey,
  dayStartMs,
  lengthText,
  longDayText,
  positionText,
  spanText,
  spokenTime,
} from "../../../console/web/county-time.ts";

const CHINA = 480;
/** 2026-11-24 07:53:07 in China, still the day before in UTC. */
const MORNING = Date.UTC(2026, 10, 23, 23, 53, 7);

test("times are the county's, whatever zone the computer is in", () => {
  expect(dateTimeText(MORNING, CHINA)).toBe("2026-11-24 07:53");
  expect(dateTimeText(MORNING, 0)).toBe("2026-11-23 23:53");
  expect(clockTextWithSeconds(MORNING, CHINA)).toBe("07:53:07");
  expect(longDayText(MORNING, CHINA)).toBe("2026年11月24日 星期二");
});

test("a time is spoken by its distance from today", () => {
  const spoken = (ms: number) => spokenTime(ms, { utcOffsetMinutes: CHINA, nowMs: MORNING });
  expect(spoken(MORNING)).toBe("今天 07:53");
  expect(spoken(Date.UTC(2026, 10, 23, 15, 59))).toBe("昨天 23:59");
  expect(spoken(Date.UTC(2026, 10, 22, 15, 59))).toBe("11月22日 23:59");
  expect(spoken(Date.UTC(2025, 10, 22, 15, 59))).toBe("2025年11月22日 23:59");
});

test("a county day begins and ends at the county's midnight", () => {
  expect(dayStartMs("2026-11-24", CHINA)).toBe(Date.UTC(2026, 10, 23, 16));
  expect(dayEndMs("2026-11-24", CHINA)).toBe(Date.UTC(2026, 10, 24, 16));
  expect(dayStartMs("2026-13-45", CHINA)).toBeNull();
  expect(dayStartMs("yesterday", CHINA)).toBeNull();
});

test("every moment lies in the day that it is said to lie in", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.integer({ min: -720, max: 840 }),
      (ms, offset) => {
        const key = dayKey(ms, offset);
        const [start, end] = [dayStartMs(key, offset), dayEndMs(key, offset)];
        expect(start !== null && start <= ms && end !== null && ms < end).toBe(true);
      },
    ),
  );
});

test("spans, lengths and positions are said in the unit that fits", () => {
  expect(spanText(30_000)).toBe("不到 1 分钟");
  expect(spanText(12 * 60_000)).toBe("12 分钟");
  expect(spanText(47 * 3_600_000)).toBe("47 小时");
  expect(spanText(5 * 86_400_000)).toBe("5 天");
  expect(positionText(125_900)).toBe("02:05");
  expect(positionText(3_725_000)).toBe("1:02:05");
  expect(positionText(-1)).toBe("00:00");
  expect(lengthText(125_000)).toBe("2 分 5 秒");
  expect(lengthText(9_000)).toBe("9 秒");
});
