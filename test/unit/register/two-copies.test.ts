/** Goal: what one copy loses the other gives back. The tests are named after the damage. */
import { expect, test } from "vitest";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { encodeFrame } from "../../../protocol/frame.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { readRegister } from "../../../src/register/read-register.ts";
import type { Register } from "../../../src/register/register.ts";
import {
  type FakeMachine,
  makeFakeMachine,
  openFakeRegister,
} from "../../support/open-fake-register.ts";

const fault = (code: string) => ({ k: "fault", d: { part: "test", code } }) as const;

async function makeJournal(): Promise<{ machine: FakeMachine; a: string; b: string }> {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  for (const code of ["one", "two", "three"]) await register.append(fault(code));
  await register.close();
  const a = [...machine.disk.files.keys()].find((path) => path.includes("/A/")) ?? "";
  return { machine, a, b: a.replace("/A/", "/B/") };
}

async function verdicts({ disk }: FakeMachine): Promise<string[]> {
  const { damage } = await readRegister({ disk, folder: "register", sha256: nodeSha256 });
  return damage.map(({ kind, copy, s }) => `${kind} in ${copy ?? "both"} at ${s}`);
}

async function kindsOf(register: Register): Promise<string[]> {
  const records = await register.read(register.epoch, 6, { maxCount: 99, maxBytes: 1e6 });
  return records.map(({ record }) => record.k);
}

const contentOf = ({ disk }: FakeMachine, path: string) => disk.files.get(path) ?? new Uint8Array();

test("R1: both copies hold the same bytes", async () => {
  const { machine, a, b } = await makeJournal();
  expect(contentOf(machine, a)).toEqual(contentOf(machine, b));
  expect(await verdicts(machine)).toEqual([]);
});

test("R2: a wrong byte in one copy is mended from the other, and kept aside", async () => {
  for (const copy of ["A", "B"]) {
    const { machine, a, b } = await makeJournal();
    const path = copy === "A" ? a : b;
    machine.disk.files.set(path, contentOf(machine, path).with(400, 0x21));
    expect(await verdicts(machine)).toEqual([`damage in ${copy} at 2`]);
    const register = await openFakeRegister(machine);
    expect(await kindsOf(register)).toEqual(["repair", "boot"]);
    expect(contentOf(machine, a)).toEqual(contentOf(machine, b));
    expect(await machine.disk.list("register/quarantine")).toHaveLength(1);
    expect(register.epochs()).toHaveLength(1);
  }
});

test("R3: a wrong line end in one copy is put back", async () => {
  const { machine, a } = await makeJournal();
  const content = contentOf(machine, a);
  machine.disk.files.set(a, content.with(content.length - 1, 0x4a));
  expect(await verdicts(machine)).toEqual(["line-end in A at 5"]);
  await openFakeRegister(machine);
  expect(await verdicts(machine)).toEqual([]);
});

test("R4: what only A has of a record, and not whole, was never acknowledged", async () => {
  const { machine, a } = await makeJournal();
  const garbage = new TextEncoder().encode("0123abcd 00100 {garbage\nwith line ends}\n");
  machine.disk.files.set(a, new Uint8Array([...contentOf(machine, a), ...garbage]));
  expect(await verdicts(machine)).toEqual(["torn in A at 6"]);
  expect(await kindsOf(await openFakeRegister(machine))).toEqual(["torn", "boot"]);
});

/** A in segment 2 with these bytes and B with those, or without the segment. */
async function secondSegments(
  inA: (line: Uint8Array) => Uint8Array,
  inB: Uint8Array | null,
): Promise<FakeMachine> {
  const { machine, a, b } = await makeJournal();
  const content = contentOf(machine, a);
  const lastLine = content.lastIndexOf(0x0a, content.length - 2) + 1;
  machine.disk.files.set(b, contentOf(machine, b).subarray(0, lastLine));
  machine.disk.files.set(a.replace("00001", "00002"), inA(content.subarray(lastLine)));
  if (inB !== null) machine.disk.files.set(b.replace("00001", "00002"), inB);
  return machine;
}

const junk = (length: number) => new Uint8Array(length).fill(0x0a);

test("R8: a repeat cut off in a new segment, that the other copy had opened, is torn", async () => {
  const empty = new Uint8Array(0);
  const torn = await secondSegments(({ length }) => junk(length), empty);
  expect(await verdicts(torn)).toEqual(["lag in B at 5", "torn in A at 6"]);
  // More than a repeat was durable once.
  const longer = await secondSegments(({ length }) => junk(length + 1), empty);
  expect(await verdicts(longer)).toContain("corrupt in both at 6");
});

test("R8: a rotten record in a segment that the other copy never had is corrupt", async () => {
  // It was away when that was written, and acknowledged.
  const machine = await secondSegments((line) => line.with(40, 0x21), null);
  expect(await verdicts(machine)).toContain("corrupt in both at 6");
});

test("R4: what was rotten while the other copy was away is corrupt, though that ends in step", async () => {
  const { machine, a } = await makeJournal();
  machine.disk.files.set(a.replace("00001", "00002"), junk(900));
  expect(await verdicts(machine)).toEqual(["corrupt in both at 6"]);
});

test("R4: more than one write behind the other copy's end is corrupt", async () => {
  const { machine, a } = await makeJournal();
  const whole = contentOf(machine, a);
  machine.disk.files.set(a, new Uint8Array([...whole, ...junk(16_016)]));
  expect(await verdicts(machine)).toEqual(["torn in A at 6"]);
  machine.disk.files.set(a, new Uint8Array([...whole, ...junk(16_017)]));
  expect(await verdicts(machine)).toEqual(["corrupt in both at 6"]);
});

test("R8: several records of the only copy that are zeros now are no cut-off write", async () => {
  const { machine, a, b } = await makeJournal();
  machine.disk.files.delete(b);
  const whole = contentOf(machine, a);
  const second = whole.indexOf(0x0a) + 1;
  machine.disk.files.set(a, whole.slice().fill(0, second + 40));
  expect(await verdicts(machine)).toEqual(["corrupt in both at 2"]);
});

test("a refused record that could not be cut off stays refused", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  // A takes it whole and says that it did not; neither takes it again; A cannot be cut back.
  const faults = [1, 2, 3, 4].map((atWrite) => ({ atWrite, kept: atWrite === 1 ? 999 : 0 }));
  for (const fault of faults) machine.disk.plan({ ...fault, kind: "io" });
  await expect(register.append(fault("one"))).rejects.toThrow();
  const { e, s, h } = await register.append(fault("two"));
  expect(register.isCopyAway).toBe(true);
  await register.close();
  expect(await verdicts(machine)).toContain(`fork in A at ${s}`);
  const after = await openFakeRegister(machine);
  expect(after.damage).toEqual([]);
  expect(after.hashAt(e, s)).toBe(h);
});

test("a stick that comes back is not filled from a segment that rotted meanwhile", async () => {
  const machine = makeFakeMachine();
  const stick = new FakeDisk();
  let isIn = true;
  const register = await openWithStick(machine, () => (isIn ? stick : null));
  const { e, s, h } = await register.append(fault("one"));
  isIn = false;
  stick.plan({ atWrite: 1, kind: "io", kept: 0 });
  stick.plan({ atWrite: 2, kind: "io", kept: 0 });
  await register.append(fault("two"));
  const a = [...machine.disk.files.keys()].find((path) => path.includes("/A/")) ?? "";
  machine.disk.files.set(a, contentOf(machine, a).with(contentOf(machine, a).length - 40, 0x21));
  isIn = true;
  await register.tend();
  expect(register.isCopyAway).toBe(false);
  await register.close();
  const after = await openWithStick(machine, () => stick);
  expect(after.damage).toEqual([]);
  expect(after.hashAt(e, s)).toBe(h);
});

test("a first record whose first write failed is found where it was repeated", async () => {
  const { machine, a, b } = await makeJournal();
  for (const path of [a, b]) {
    machine.disk.files.set(path.replace("00001", "00002"), contentOf(machine, path));
  }
  machine.disk.files.set(a, new Uint8Array(244).fill(0x0a));
  machine.disk.files.set(b, new Uint8Array(0));
  expect(await verdicts(machine)).toEqual([expect.stringContaining("torn in A")]);
  const register = await openFakeRegister(machine);
  expect(register.epochs()).toHaveLength(1);
  expect(register.head().s).toBe(7);
});

test("R8: a new segment that is rotten in both copies is corrupt", async () => {
  const { machine, a, b } = await makeJournal();
  for (const path of [a, b]) {
    machine.disk.files.set(path.replace("00001", "00002"), new Uint8Array(90).fill(0x0a));
  }
  expect(await verdicts(machine)).toContain("corrupt in both at 6");
});

test("R5: a last line cut short in both copies was whole once, for one is synced before the other", async () => {
  const { machine, a, b } = await makeJournal();
  for (const path of [a, b]) machine.disk.files.set(path, contentOf(machine, path).slice(0, -30));
  expect(await verdicts(machine)).toEqual(["corrupt in both at 5"]);
  const register = await openFakeRegister(machine);
  expect(register.epochs()).toHaveLength(2);
});

test("R5: the same record rotten in both copies is corrupt, and a new epoch begins", async () => {
  const { machine, a, b } = await makeJournal();
  for (const path of [a, b]) {
    machine.disk.files.set(path, contentOf(machine, path).with(400, 0x21));
  }
  expect(await verdicts(machine)).toEqual(["corrupt in both at 2"]);
  const register = await openFakeRegister(machine);
  expect(register.epochs()).toHaveLength(2);
  expect(contentOf(machine, a)[400]).toBe(0x21);
});

function withForgery(content: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(content).split("\n");
  const forged = lines.map((line) => {
    if (!line.includes('"two"')) return line;
    const json = new TextEncoder().encode(line.slice(15).replace('"two"', '"TWO"'));
    return new TextDecoder().decode(encodeFrame(json)).trimEnd();
  });
  return new TextEncoder().encode(forged.join("\n"));
}

test("R6: a record changed and summed again in one copy is put right from the other", async () => {
  const { machine, a, b } = await makeJournal();
  machine.disk.files.set(a, withForgery(contentOf(machine, a)));
  expect((await verdicts(machine))[0]).toContain("in A at 4");
  await openFakeRegister(machine);
  expect(contentOf(machine, a)).toEqual(contentOf(machine, b));
});

test("R6: a record changed and summed again in both copies is a fork", async () => {
  const { machine, a, b } = await makeJournal();
  for (const path of [a, b]) machine.disk.files.set(path, withForgery(contentOf(machine, path)));
  expect(await verdicts(machine)).toEqual(["fork in both at 5"]);
});

test("R7: two last records that both follow are kept, and a new epoch begins", async () => {
  const { machine, a } = await makeJournal();
  const lines = new TextDecoder().decode(contentOf(machine, a)).trimEnd().split("\n");
  const json = (lines.at(-1) ?? "").slice(15).replace('"three"', '"THREE"');
  const other = new TextDecoder().decode(encodeFrame(new TextEncoder().encode(json)));
  const changed = new TextEncoder().encode(`${lines.slice(0, -1).join("\n")}\n${other}`);
  machine.disk.files.set(a, changed);
  expect(await verdicts(machine)).toEqual(["fork in both at 5"]);
  const register = await openFakeRegister(machine);
  const first = await register.read(register.epoch, 1, { maxCount: 3, maxBytes: 1e6 });
  expect(first.map(({ record }) => record.k)).toEqual(["init", "damage", "fork"]);
  expect(contentOf(machine, a)).toEqual(changed);
});

test("a copy that is missing altogether is made again, and that is no damage", async () => {
  const { machine, a, b } = await makeJournal();
  machine.disk.files.delete(a);
  await (await openFakeRegister(machine)).close();
  expect(contentOf(machine, a)).toEqual(contentOf(machine, b));
});

function openWithStick(machine: FakeMachine, stick: () => FakeDisk | null): Promise<Register> {
  return openRegister({
    ...machine,
    folder: "register",
    mirror: () => Promise.resolve(stick()),
    wallSource: () => "county",
    sha256: nodeSha256,
    software: "test",
  });
}

test("J1: a stick pulled in mid-append costs nothing, is told, and is filled up when it is back", async () => {
  const machine = makeFakeMachine();
  const stick = new FakeDisk();
  let isIn = true;
  const register = await openWithStick(machine, () => (isIn ? stick : null));
  await register.append(fault("one"));
  expect(register.isCopyAway).toBe(false);
  isIn = false;
  stick.plan({ atWrite: 1, kind: "cut", kept: 20 });
  await register.append(fault("two"));
  expect(register.isCopyAway).toBe(true);
  // Meanwhile B lies beside A.
  await register.tend();
  expect(register.isCopyAway).toBe(true);
  await register.append(fault("three"));
  stick.powerOn();
  isIn = true;
  await register.tend();
  expect(register.isCopyAway).toBe(false);
  const last = await register.append(fault("four"));
  await register.close();
  const alone = await readRegister({ disk: stick, folder: "register", sha256: nodeSha256 });
  const damage = alone.damage.filter(({ copy }) => copy === null);
  expect(damage).toEqual([]);
  const records = await register.read(register.epoch, 4, { maxCount: 9, maxBytes: 1e6 });
  expect(records.map(({ record }) => record.k)).toEqual([
    "fault",
    "copy.lost",
    "repair",
    "fault",
    "repair",
    "fault",
  ]);
  const after = await openWithStick(machine, () => stick);
  expect(after.hashAt(last.e, last.s)).toBe(last.h);
  expect(after.damage).toEqual([]);
});

test("a full disk gives up its ballast, so that the session can still be closed", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  expect(register.isSpaceLow).toBe(false);
  machine.disk.plan({ atWrite: 1, kind: "no-space", kept: 0 });
  await register.append(fault("one"));
  expect(register.isSpaceLow).toBe(true);
  expect(machine.disk.files.has("register/ballast")).toBe(false);
  await register.tend();
  expect(register.isSpaceLow).toBe(false);
  expect(register.writable).toBe(true);
});
