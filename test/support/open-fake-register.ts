/** A register over a fake disk, for tests that need a real one without a real disk. */
import { FakeClock } from "../../platform/fake/fake-clock.ts";
import { FakeDisk } from "../../platform/fake/fake-disk.ts";
import { FakeRandom } from "../../platform/fake/fake-random.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { type OpenRegisterOptions, openRegister } from "../../src/register/open-register.ts";
import type { Register } from "../../src/register/register.ts";

export interface FakeMachine {
  readonly disk: FakeDisk;
  readonly clock: FakeClock;
  readonly random: FakeRandom;
}

/** 2026-03-05 08:30 in the county's zone. */
export const STUDY_DAY_UNIX_MS = Date.UTC(2026, 2, 5, 0, 30);

export function makeFakeMachine(seed = 1): FakeMachine {
  return {
    disk: new FakeDisk(),
    clock: new FakeClock(STUDY_DAY_UNIX_MS),
    random: new FakeRandom(seed),
  };
}

export function openFakeRegister(machine: FakeMachine): Promise<Register> {
  return openRegister({
    ...machine,
    folder: "register",
    wallSource: () => "county",
    sha256: nodeSha256,
    software: "one-room 0.1.0",
  });
}

type OnDisk = Pick<OpenRegisterOptions, "disk" | "mirror" | "boxId"> & { readonly seed: number };

/** A register over a disk of the test's own; another seed is another life. */
export function openRegisterOn({ seed, ...places }: OnDisk): Promise<Register> {
  return openRegister({
    ...places,
    folder: "register",
    clock: new FakeClock(STUDY_DAY_UNIX_MS),
    random: new FakeRandom(seed),
    wallSource: () => "county",
    sha256: nodeSha256,
    software: "test",
  });
}

/** A journal of one copy, as before there were two, or after B was lost. */
export function loseCopyB({ disk }: FakeMachine): void {
  for (const path of [...disk.files.keys()]) {
    if (path.startsWith("register/B/")) disk.files.delete(path);
  }
}
