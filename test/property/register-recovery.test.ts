/** Goal: no cut of the power and no wrong bit costs or forges an acknowledged record. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { FakeDisk } from "../../platform/fake/fake-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { AppendFile } from "../../platform/ports/disk.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { readRegister } from "../../src/register/read-register.ts";
import {
  type FakeMachine,
  loseCopyB,
  makeFakeMachine,
  openFakeRegister,
} from "../support/open-fake-register.ts";

interface Life {
  /** Appends that succeed or fail with the disk, one after the other. */
  readonly appends: number;
  readonly cut: { readonly atWrite: number; readonly kept: number };
}

const life: fc.Arbitrary<Life> = fc.record({
  appends: fc.integer({ min: 0, max: 8 }),
  cut: fc.record({
    atWrite: fc.integer({ min: 1, max: 12 }),
    kept: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constant(100_000)),
  }),
});

/** @returns what was acknowledged, over several lives that each end in a power cut */
async function liveAndDie(machine: FakeMachine, lives: readonly Life[]): Promise<StoredRecord[]> {
  const acknowledged: StoredRecord[] = [];
  let count = 0;
  for (const { appends, cut } of lives) {
    machine.disk.plan({ ...cut, kind: "cut" });
    try {
      const register = await openFakeRegister(machine);
      for (let index = 0; index < appends; index += 1) {
        count += 1;
        const detail = "满".repeat(count % 40);
        const d = { part: "test", code: String(count), detail };
        acknowledged.push(
          await register.append({ k: "fault", d }, { intentId: `intent-${count}` }),
        );
      }
    } catch {
      // The power went; what was not acknowledged may be lost.
    }
    machine.disk.powerOn();
  }
  return acknowledged;
}

async function holdsAll(machine: FakeMachine, acknowledged: readonly StoredRecord[]) {
  const register = await openFakeRegister(machine);
  const kept = acknowledged.filter(({ e, s, h }) => register.hashAt(e, s) === h);
  const found = acknowledged.filter(
    ({ record, s }) => register.findByIntent(record.r ?? "")?.s === s,
  );
  return (
    kept.length === acknowledged.length &&
    found.length === acknowledged.length &&
    register.damage.length === 0 &&
    register.epochs().length === 1
  );
}

const survives = (makeDisk: () => FakeDisk) =>
  fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
    const machine = { ...makeFakeMachine(), disk: makeDisk() };
    const acknowledged = await liveAndDie(machine, lives);
    return holdsAll(machine, acknowledged);
  });

test("J4: whatever power cuts come, each acknowledged record is there, once, in one epoch", async () => {
  await fc.assert(
    survives(() => new FakeDisk()),
    { numRuns: 400 },
  );
});

/** Says that it wrote, and keeps the last write in a cache that a power cut empties. */
class LyingDisk extends FakeDisk {
  #cache: (() => Promise<void>) | null = null;

  override async openAppend(path: string): Promise<AppendFile> {
    const file = await super.openAppend(path);
    return {
      get size() {
        return file.size;
      },
      append: async (bytes) => {
        await this.#cache?.();
        this.#cache = () => file.append(bytes);
      },
      close: () => file.close(),
    };
  }

  override powerOn(): void {
    this.#cache = null;
    super.powerOn();
  }
}

test("J4: the property above is red on a disk that lies about its writes", async () => {
  const result = await fc.check(
    survives(() => new LyingDisk()),
    { numRuns: 400 },
  );
  expect(result.failed).toBe(true);
});

async function makeJournal(): Promise<{ machine: FakeMachine; path: string; bytes: Uint8Array }> {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  for (const code of ["one", "two", "three"]) {
    await register.append({ k: "fault", d: { part: "test", code } });
  }
  await register.close();
  loseCopyB(machine);
  const [path = "", bytes = new Uint8Array()] =
    [...machine.disk.files].find(([name]) => name.includes("/A/")) ?? [];
  return { machine, path, bytes };
}

const look = ({ disk }: FakeMachine) =>
  readRegister({ disk, folder: "register", sha256: nodeSha256 });

test("every single bit that is flipped in a journal is told, and an unharmed one is whole", async () => {
  const { machine, path, bytes } = await makeJournal();
  expect((await look(machine)).damage).toEqual([]);
  const silent: string[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = bytes.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    machine.disk.files.set(path, flipped);
    const { damage } = await look(machine);
    if (damage.length === 0) silent.push(`byte ${bit >> 3}, bit ${bit & 7}`);
  }
  expect(silent).toEqual([]);
});

test("no single wrong bit makes recovery cut off a record that was acknowledged", async () => {
  const { machine, path, bytes } = await makeJournal();
  const bits = fc.integer({ min: 0, max: bytes.length * 8 - 1 });
  const quarantined = fc.asyncProperty(bits, async (bit) => {
    const disk = new FakeDisk();
    const flipped = bytes.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    disk.files.set(path, flipped);
    await openFakeRegister({ ...machine, disk });
    const after = disk.files.get(path) ?? new Uint8Array();
    return (await disk.list("register/quarantine")).length === 0 && after.length >= bytes.length;
  });
  await fc.assert(quarantined, { numRuns: 500 });
});
