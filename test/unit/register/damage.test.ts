/**
 * Goal: each kind of damage to a single copy gets its own verdict. Two copies: two-copies.test.ts.
 */
import { expect, test } from "vitest";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { encodeFrame } from "../../../protocol/frame.ts";
import { readRegister } from "../../../src/register/read-register.ts";
import {
  type FakeMachine,
  loseCopyB,
  makeFakeMachine,
  openFakeRegister,
} from "../../support/open-fake-register.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** Long records, so that a few of them fill a segment. */
async function makeJournal(count: number, detail = "", seed = 1): Promise<FakeMachine> {
  const machine = makeFakeMachine(seed);
  const register = await openFakeRegister(machine);
  for (let index = 1; index <= count; index += 1) {
    await register.append({ k: "fault", d: { part: "test", code: String(index), detail } });
  }
  await register.close();
  loseCopyB(machine);
  return machine;
}

const SMALL = 3;
/** 200 records of about 12 kB: three segments. */
const makeLongJournal = (seed = 1) => makeJournal(200, "满".repeat(4_000), seed);

const segments = ({ disk }: FakeMachine) =>
  [...disk.files.keys()].filter((path) => path.startsWith("register/A/")).sort();

const look = ({ disk }: FakeMachine) =>
  readRegister({ disk, folder: "register", sha256: nodeSha256 });

async function verdicts(machine: FakeMachine): Promise<string[]> {
  return (await look(machine)).damage.map(({ kind, s }) => `${kind} at ${s}`);
}

function change(machine: FakeMachine, alter: (before: Uint8Array) => Uint8Array): void {
  const path = segments(machine).at(-1) ?? "";
  machine.disk.files.set(path, alter(machine.disk.files.get(path) ?? new Uint8Array()));
}

test("segments end before a megabyte, and the chain goes on over them", async () => {
  const machine = await makeLongJournal();
  const sizes = segments(machine).map((path) => machine.disk.files.get(path)?.length ?? 0);
  expect(sizes.length).toBe(3);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000_000);
  expect(await look(machine)).toMatchObject({ damage: [], recordCount: 202 });
});

test("half a line at the end is torn", async () => {
  const machine = await makeJournal(SMALL);
  change(machine, (before) => new Uint8Array([...before, ...bytes("0123abcd 00100 {")]));
  expect(await verdicts(machine)).toEqual(["torn at 6"]);
});

test("zeros behind the last record are torn: the file had its length before its bytes", async () => {
  const machine = await makeJournal(SMALL);
  change(machine, (before) => new Uint8Array([...before, ...new Uint8Array(700)]));
  expect(await verdicts(machine)).toEqual(["torn at 6"]);
});

test("a last line with an empty sector in it is torn, also when its end arrived", async () => {
  const machine = await makeJournal(SMALL);
  const line = encodeFrame(bytes(JSON.stringify({ long: "x".repeat(2_000) })));
  change(machine, (before) => {
    const after = new Uint8Array([...before, ...line]);
    const sector = Math.ceil(before.length / 512) * 512;
    return after.fill(0, sector, sector + 512);
  });
  expect(await verdicts(machine)).toEqual(["torn at 6"]);
});

test("a whole last line with a wrong byte is corrupt, and never cut off", async () => {
  const machine = await makeJournal(SMALL);
  change(machine, (before) => before.with(before.length - 5, 0x21));
  expect(await verdicts(machine)).toEqual(["corrupt at 5"]);
  const damaged = machine.disk.files.get(segments(machine)[0] ?? "");
  await openFakeRegister(machine);
  expect([...machine.disk.files.values()]).toContain(damaged);
});

test("zeros in the middle are corrupt; what is behind them is read, and not called proven", async () => {
  const machine = await makeLongJournal();
  const [, second = ""] = segments(machine);
  machine.disk.files.get(second)?.fill(0, 100, 612);
  const { damage, recordCount, beyondCount } = await look(machine);
  expect(damage.map(({ kind }) => kind)).toEqual(["corrupt"]);
  expect(recordCount + beyondCount).toBe(201);
});

test("a segment that is missing between two others is a fork, told once", async () => {
  const machine = await makeLongJournal();
  const [, second = ""] = segments(machine);
  machine.disk.files.delete(second);
  const { damage, beyondCount } = await look(machine);
  expect(damage.map(({ kind }) => kind)).toEqual(["fork"]);
  expect(beyondCount).toBeGreaterThan(0);
});

test("the first segment missing makes the epoch unreadable, and another begins", async () => {
  const machine = await makeLongJournal();
  const [first = ""] = segments(machine);
  machine.disk.files.delete(first);
  expect((await verdicts(machine)).every((verdict) => verdict.startsWith("unreadable"))).toBe(true);
  const register = await openFakeRegister(machine);
  expect(register.head().s).toBe(2);
  expect(register.damage).not.toEqual([]);
});

test("two segments that changed places are a fork", async () => {
  const machine = await makeLongJournal();
  const [, second = "", third = ""] = segments(machine);
  const { files } = machine.disk;
  const [a, b] = [files.get(second), files.get(third)];
  files.set(second, b ?? new Uint8Array()).set(third, a ?? new Uint8Array());
  expect((await verdicts(machine))[0]).toContain("fork");
});

test("the end of another box's segment does not fit, though its sums do", async () => {
  const machine = await makeJournal(SMALL);
  const other = await makeJournal(SMALL + 1, "", 99);
  const foreign = other.disk.files.get(segments(other)[0] ?? "") ?? new Uint8Array();
  const lastLine = foreign.lastIndexOf(0x0a, foreign.length - 2) + 1;
  change(machine, (before) => new Uint8Array([...before, ...foreign.subarray(lastLine)]));
  expect(await verdicts(machine)).toEqual(["fork at 6"]);
});

test("a record that is there twice is a fork, unless a new segment begins with it", async () => {
  const machine = await makeJournal(SMALL);
  const content = machine.disk.files.get(segments(machine)[0] ?? "") ?? new Uint8Array();
  const last = content.subarray(content.lastIndexOf(0x0a, content.length - 2) + 1);
  const next = (segments(machine)[0] ?? "").replace("00001", "00002");
  machine.disk.files.set(next, last.slice());
  expect(await verdicts(machine)).toEqual([]);
  machine.disk.files.delete(next);
  change(machine, (before) => new Uint8Array([...before, ...last]));
  expect(await verdicts(machine)).toEqual(["fork at 6"]);
});

test("a file that is no segment is left alone", async () => {
  const machine = await makeJournal(SMALL);
  machine.disk.files.set("register/A/notes.txt", bytes("hello"));
  expect(await verdicts(machine)).toEqual([]);
});

test("after damage the next start goes on in the new epoch, and still tells of the old", async () => {
  const machine = await makeJournal(SMALL);
  change(machine, (before) => before.with(before.length - 5, 0x21));
  const first = await openFakeRegister(machine);
  await first.close();
  loseCopyB(machine);
  const second = await openFakeRegister(machine);
  expect(second.epoch).toBe(first.epoch);
  expect(second.damage).toEqual(first.damage);
  expect(second.epochs()).toHaveLength(2);
  const records = await second.read(second.epoch, 1, { maxCount: 2, maxBytes: 1e6 });
  expect(records.map(({ record }) => record.d)).toMatchObject([
    { previous: { s: 4 } },
    { from: 5, why: "corrupt" },
  ]);
});
