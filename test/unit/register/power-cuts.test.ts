/**
 * Goal: the test of power cuts (test/support/power-cuts.ts) goes red when it should, and also cuts
 * in lives whose disk fails. The 50,000 states: test/fault/power-cuts.test.ts.
 */
import { expect, test } from "vitest";
import { FakeCrashDisk } from "../../../platform/fake/fake-crash-disk.ts";
import { cutStates } from "../../support/power-cuts.ts";

const SEED = Number(process.env["ONE_ROOM_SEED"] ?? 20_261_125);

/** Says that bytes are durable, as cheap sticks do. */
class LyingDisk extends FakeCrashDisk {
  override async sync(path: string): Promise<void> {
    await this.call(path);
  }
}

/** Forgets that a new file also needs its name on the disk. */
class NamelessDisk extends FakeCrashDisk {
  protected override async syncFolder(path: string): Promise<void> {
    await this.call(path);
  }
}

test.each([
  ["says that bytes are durable before they are", LyingDisk],
  ["never makes a name durable", NamelessDisk],
] as const)(`a disk that %s is found out (seed ${SEED})`, async (_what, BadDisk) => {
  const makeDisk = () => new BadDisk();
  const { failures } = await cutStates({ seed: SEED, states: 4_000, faults: 0, makeDisk });
  expect(failures.join("\n")).toContain("is lost");
});

/** 7: the first record repeated in a second segment, behind a first one that rotted. */
test.each([
  [SEED, 1],
  [7, 1],
  [SEED, 4],
] as const)(
  "J4: 2500 states of lives whose disk also fails lose nothing that two copies hold (seed %i, at most %i faults)",
  async (seed, faults) => {
    const found = await cutStates({ seed, states: 2_500, faults });
    expect(found.failures.slice(0, 3)).toEqual([]);
    expect(found.alarms).toBeLessThan(found.states / 100);
    expect(found.alone).toBeLessThan(found.states / 50);
  },
);
