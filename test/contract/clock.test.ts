import { describe, expect, test } from "vitest";
import { FakeClock } from "../../platform/fake/fake-clock.ts";
import { NodeClock } from "../../platform/node/node-clock.ts";
import type { Clock } from "../../platform/ports/clock.ts";

const ADAPTERS: Record<string, () => Clock> = {
  FakeClock: () => new FakeClock(),
  NodeClock: () => new NodeClock(),
};

describe.each(Object.entries(ADAPTERS))("%s", (_name, open) => {
  test("C1: boot time is a whole number that never goes back", () => {
    const clock = open();
    const readings = Array.from({ length: 100 }, () => clock.bootMs());
    expect(readings).toEqual([...readings].sort((a, b) => a - b));
    expect(readings.every(Number.isInteger)).toBe(true);
  });

  test("C2: the wall clock is a whole number of milliseconds", () => {
    expect(Number.isInteger(open().wallUnixMs())).toBe(true);
  });

  test("C3: the boot has one name, the same for everybody who asks", () => {
    expect(open().bootId).toBe(open().bootId);
    expect(open().bootId.length).toBeGreaterThan(0);
  });
});
