import { expect, test } from "vitest";
import type { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { encodeFrame } from "../../../protocol/frame.ts";
import type { RecordDraft } from "../../../protocol/record.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import type { Register } from "../../../src/register/register.ts";
import { loseCopyB, makeFakeMachine, openFakeRegister } from "../../support/open-fake-register.ts";

const OPEN: RecordDraft = {
  k: "session.open",
  d: {
    type: "study-day",
    title: "稻瘟病的识别与防治",
    branches: ["b1"],
    rosterVersion: 1,
    rosterSha256: null,
    expected: ["aaaaaaaa", "bbbbbbbb", "cccccccc"],
    lessons: [],
    method: { id: "wubu", version: 1, sha256: "0".repeat(64) },
    stage: "signin",
  },
};

async function openSession(register: Register): Promise<string> {
  const { e, s } = await register.append(OPEN, { intentId: "open-0001", by: "aaaaaaaa" });
  return `${e}-${s}`;
}

function mark(session: string, member: string, status: "P" | "A"): RecordDraft {
  return { k: "attend", d: { session, marks: [[member, status, "call"]] } };
}

/** Changes the text of the newest segment behind the register's back. */
function damage(disk: FakeDisk, change: (text: string) => string): void {
  const path = [...disk.files.keys()].filter((name) => name.includes("/A/")).at(-1) ?? "";
  const text = new TextDecoder().decode(disk.files.get(path));
  const changed = change(text);
  expect(changed).not.toBe(text);
  disk.files.set(path, new TextEncoder().encode(changed));
}

function reframe(line: string, from: string, to: string): string {
  const json = line.slice(15).replace(from, to);
  return new TextDecoder().decode(encodeFrame(new TextEncoder().encode(json))).trimEnd();
}

test("a new box names itself, and its first records are init and boot", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  const records = await register.read(register.epoch, 1, { maxCount: 10, maxBytes: 1e6 });
  expect(register.boxId).toMatch(/^[a-z2-7]{16}$/);
  expect(records.map(({ record }) => record.k)).toEqual(["init", "boot"]);
  expect(register.bootOrdinal).toBe(1);
});

test("J4: after a restart identity, chain, fold and intents are where they were", async () => {
  const machine = makeFakeMachine();
  const before = await openFakeRegister(machine);
  const session = await openSession(before);
  await before.append(mark(session, "aaaaaaaa", "P"), { intentId: "mark-0001" });
  const head = before.head();
  await before.close();
  const after = await openFakeRegister(machine);
  expect(after.boxId).toBe(before.boxId);
  expect(after.hashAt(after.epoch, head.s)).toBe(head.h);
  expect(after.fold.session(session)?.counts).toMatchObject({ expected: 3, P: 1, unmarked: 2 });
  expect(after.findByIntent("mark-0001")?.s).toBe(head.s);
});

test("J2: the same intent twice is one record", async () => {
  const register = await openFakeRegister(makeFakeMachine());
  const session = await openSession(register);
  const [first, again] = await Promise.all([
    register.append(mark(session, "aaaaaaaa", "P"), { intentId: "mark-0001" }),
    register.append(mark(session, "aaaaaaaa", "P"), { intentId: "mark-0001" }),
  ]);
  expect(again).toEqual(first);
  expect(register.head().s).toBe(first?.s);
});

test("J3: appends that were called together are written in the order of the calls", async () => {
  const register = await openFakeRegister(makeFakeMachine());
  const session = await openSession(register);
  const members = ["aaaaaaaa", "bbbbbbbb", "cccccccc"];
  const stored = await Promise.all(
    members.map((member) => register.append(mark(session, member, "P"))),
  );
  expect(stored.map(({ s }) => s)).toEqual([4, 5, 6]);
});

test("a torn end is cut off, kept aside, and told", async () => {
  const machine = makeFakeMachine();
  const before = await openFakeRegister(machine);
  const session = await openSession(before);
  machine.disk.plan({ atWrite: 1, kind: "cut", kept: 40 });
  await expect(before.append(mark(session, "aaaaaaaa", "P"))).rejects.toThrow();
  machine.disk.powerOn();
  const after = await openFakeRegister(machine);
  const records = await after.read(after.epoch, 4, { maxCount: 10, maxBytes: 1e6 });
  expect(after.epoch).toBe(before.epoch);
  expect(records.map(({ record }) => record.k)).toEqual(["torn", "boot"]);
  expect(await machine.disk.list("register/quarantine")).toHaveLength(1);
});

test("a byte rotten in the middle is never cut off: the register goes on in a new epoch", async () => {
  const machine = makeFakeMachine();
  const before = await openFakeRegister(machine);
  const session = await openSession(before);
  await before.append(mark(session, "aaaaaaaa", "P"));
  await before.close();
  loseCopyB(machine);
  const [path = "", bytes = new Uint8Array()] =
    [...machine.disk.files].find(([name]) => name.includes("/A/")) ?? [];
  bytes[400] = (bytes[400] ?? 0) ^ 1;
  const after = await openFakeRegister(machine);
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.boxId).toBe(before.boxId);
  expect(machine.disk.files.get(path)).toEqual(bytes);
  expect(after.damage[0]).toContain("坏了");
});

test("a write that fails once is written again in a new segment, and nothing is lost", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  const session = await openSession(register);
  machine.disk.plan({ atWrite: 1, kind: "io", kept: 1000 });
  const stored = await register.append(mark(session, "aaaaaaaa", "P"));
  await register.close();
  const after = await openFakeRegister(machine);
  expect(after.hashAt(stored.e, stored.s)).toBe(stored.h);
  expect(after.epoch).toBe(register.epoch);
  expect(after.fold.session(session)?.counts.P).toBe(1);
});

test("a full disk is told, and after the second failure the register is no longer writable", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  const session = await openSession(register);
  for (let write = 1; write <= 40; write += 1) {
    machine.disk.plan({ atWrite: write, kind: "no-space", kept: 0 });
  }
  await expect(register.append(mark(session, "aaaaaaaa", "P"))).rejects.toThrow("no-space");
  expect(register.writable).toBe(true);
  await expect(register.append(mark(session, "aaaaaaaa", "P"))).rejects.toThrow("no-space");
  expect(register.writable).toBe(false);
  machine.disk.powerOn();
  await register.append(mark(session, "aaaaaaaa", "P"));
  expect(register.writable).toBe(true);
});

test("the boot ordinal grows with the boot, not with the restart of the service", async () => {
  const machine = makeFakeMachine();
  await openFakeRegister(machine);
  expect((await openFakeRegister(machine)).bootOrdinal).toBe(1);
  machine.clock.reboot("boot-2");
  expect((await openFakeRegister(machine)).bootOrdinal).toBe(2);
  machine.clock.advance(5000);
  expect((await openFakeRegister(machine)).bootOrdinal).toBe(2);
  // A container that was started again: the kernel's boot id, and a clock that counts from nought.
  machine.clock.reboot("boot-2");
  expect((await openFakeRegister(machine)).bootOrdinal).toBe(3);
});

test("a record that was refused does not come back, and none takes its place in silence", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  const session = await openSession(register);
  for (let write = 1; write <= 4; write += 1) {
    machine.disk.plan({ atWrite: write, kind: "io", kept: 1000 });
  }
  await expect(register.append(mark(session, "aaaaaaaa", "A"))).rejects.toThrow("io");
  const stored = await register.append(mark(session, "aaaaaaaa", "P"));
  await register.close();
  const after = await openFakeRegister(machine);
  expect(after.damage).toEqual([]);
  expect(after.hashAt(stored.e, stored.s)).toBe(stored.h);
  expect(after.fold.session(session)?.counts).toMatchObject({ P: 1, A: 0 });
});

test("a mark behind rotten bytes is still shown, though the chain no longer proves it", async () => {
  const machine = makeFakeMachine();
  const before = await openFakeRegister(machine);
  const session = await openSession(before);
  await before.append(mark(session, "aaaaaaaa", "A"));
  await before.append(mark(session, "bbbbbbbb", "P"), { intentId: "mark-behind" });
  await before.close();
  loseCopyB(machine);
  damage(machine.disk, (text) => text.replace('"aaaaaaaa","A"', '"aaaaaaaa","B"'));
  const after = await openFakeRegister(machine);
  expect(after.fold.session(session)?.counts).toMatchObject({ P: 1, A: 0, unmarked: 2 });
  const again = await after.append(mark(session, "bbbbbbbb", "P"), { intentId: "mark-behind" });
  expect(after.findByIntent("mark-behind")).toMatchObject({ e: again.e, s: again.s });
  expect(again.e).not.toBe(after.epoch);
  expect(after.epochs()[0]?.head).toBe(3);
});

test("R3: a wrong line end loses nothing, and is mended", async () => {
  const machine = makeFakeMachine();
  const before = await openFakeRegister(machine);
  const session = await openSession(before);
  const last = await before.append(mark(session, "aaaaaaaa", "P"));
  await before.close();
  damage(machine.disk, (text) => `${text.slice(0, -1)}J`);
  const after = await openFakeRegister(machine);
  expect(after.hashAt(last.e, last.s)).toBe(last.h);
  expect(after.epoch).toBe(before.epoch);
  expect(after.damage).toEqual([]);
  expect((await openFakeRegister(machine)).fold.session(session)?.counts.P).toBe(1);
});

test("R6: a record that was changed and summed again is told, and begins a new epoch", async () => {
  const machine = makeFakeMachine();
  const before = await openFakeRegister(machine);
  const session = await openSession(before);
  await before.append(mark(session, "aaaaaaaa", "A"));
  await before.append(mark(session, "bbbbbbbb", "A"));
  await before.close();
  loseCopyB(machine);
  damage(machine.disk, (text) =>
    text
      .split("\n")
      .map((line) => (line.includes('"aaaaaaaa","A"') ? reframe(line, '"A"', '"P"') : line))
      .join("\n"),
  );
  const after = await openFakeRegister(machine);
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.damage[0]).toContain("第 5 条");
});

test("the box is still itself when a foreign enrolment says otherwise, and takes its name when new", async () => {
  const options = { folder: "register", wallSource: () => "none" as const, sha256: nodeSha256 };
  const machine = makeFakeMachine();
  const open = (boxId: string) =>
    openRegister({ ...machine, ...options, software: "test", boxId: boxId });
  expect((await open("aaaabbbbccccdddd")).boxId).toBe("aaaabbbbccccdddd");
  expect((await open("xxxxbbbbccccdddd")).boxId).toBe("aaaabbbbccccdddd");
});

test("power that goes while the first record is written leaves a box that starts", async () => {
  const machine = makeFakeMachine();
  machine.disk.plan({ atWrite: 1, kind: "cut", kept: 30 });
  await expect(openFakeRegister(machine)).rejects.toThrow();
  machine.disk.powerOn();
  const register = await openFakeRegister(machine);
  expect(register.damage).toEqual([]);
  expect(register.head().s).toBe(2);
});
