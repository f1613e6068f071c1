/**
 * Goal: a running box closes a gap that both copies have with what the chain proves, and with
 * nothing else (J6). Method: a fake disk, an honest keeper, and some that are not.
 */
import { expect, test } from "vitest";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { readRegister } from "../../../src/register/read-register.ts";
import {
  allOf,
  type GappedJournal,
  givenOf,
  makeGappedJournal,
} from "../../support/gapped-journal.ts";
import { openFakeRegister } from "../../support/open-fake-register.ts";

const filesOf = ({ machine: { disk } }: GappedJournal) =>
  [...disk.files].map(([path, bytes]) => `${path} ${nodeSha256.digest(bytes)}`);
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const kindsOf = (records: readonly { record: { k: string } }[]) =>
  records.map(({ record }) => record.k);

test("J6: a gap is known by its first and last record, and closed it is none any more", async () => {
  const journal = await makeGappedJournal([5, 6, 7]);
  const { machine, records, epoch, whole } = journal;
  const register = await openFakeRegister(machine);
  expect(register.gaps()).toEqual([{ epoch, from: 5, to: 7 }]);
  expect(register.damage).toHaveLength(2);
  expect(await register.fillGap(epoch, givenOf(records, 5, 7))).toBeNull();
  expect(register.gaps()).toEqual([]);
  expect(register.damage).toEqual([]);
  expect(register.epochs()[0]).toEqual({ epoch, first: 1, head: 12, hash: records.at(-1)?.h });
  expect(await allOf(register, epoch)).toEqual(records);
  for (const copy of ["A", "B"] as const) {
    const bytes = machine.disk.files.get(`register/${copy}/j-${epoch}-00001.log`);
    expect(textOf(bytes)).toBe(textOf(whole));
  }
});

test("J6: the journal tells of it in the epoch that is written, and keeps what was there", async () => {
  const { machine, records, epoch } = await makeGappedJournal([5]);
  const register = await openFakeRegister(machine);
  await register.fillGap(epoch, givenOf(records, 5, 5));
  const told = (await allOf(register, register.epoch)).slice(-2);
  expect(told.map(({ record: { k, d } }) => ({ k, ...d }))).toEqual([
    { k: "repair", copy: "A", why: "county", epoch, segment: 1 },
    { k: "repair", copy: "B", why: "damage", epoch, segment: 1 },
  ]);
  const kept = [...machine.disk.files.keys()].filter((path) => path.includes("/quarantine/"));
  expect(kept.length).toBeGreaterThan(0);
});

test("J6: after the next start what was missing is folded, and the journal is whole", async () => {
  const { machine, records, epoch } = await makeGappedJournal([5]);
  const register = await openFakeRegister(machine);
  await register.fillGap(epoch, givenOf(records, 5, 5));
  await register.close();
  const again = await openFakeRegister(machine);
  expect(again.damage).toEqual([]);
  const kinds = kindsOf(await allOf(again, again.epoch));
  expect(kinds).toEqual(["init", "damage", "boot", "repair", "repair", "boot"]);
  expect(again.fold.counts().records).toBe(12 + kinds.length);
  const { disk } = machine;
  const read = await readRegister({ disk, folder: "register", sha256: nodeSha256 });
  expect(read).toMatchObject({ damage: [], beyondCount: 0 });
});

test("J6: several gaps of an epoch are closed one after the other", async () => {
  const { machine, records, epoch } = await makeGappedJournal([5, 9]);
  const register = await openFakeRegister(machine);
  expect(register.gaps()).toEqual([{ epoch, from: 5, to: 5 }]);
  await register.fillGap(epoch, givenOf(records, 5, 5));
  expect(register.gaps()).toEqual([{ epoch, from: 9, to: 9 }]);
  expect(register.epochs()[0]?.head).toBe(8);
  await register.fillGap(epoch, givenOf(records, 9, 9));
  expect(await allOf(register, epoch)).toEqual(records);
});

test("J6: what does not follow, or is not all of it, changes not one byte", async () => {
  const journal = await makeGappedJournal([5, 6]);
  const { machine, records, epoch } = journal;
  const register = await openFakeRegister(machine);
  const before = filesOf(journal);
  const honest = givenOf(records, 5, 6);
  const lie = { ...(honest.get(5) ?? { h: "", json: "" }) };
  lie.json = lie.json.replace("f5", "g5");
  const cases = [
    [new Map(), "missing"],
    [givenOf(records, 6, 6), "missing"],
    [new Map([...honest, [5, lie]]), "altered"],
  ] as const;
  for (const [given, refused] of cases) {
    expect(await register.fillGap(epoch, given)).toMatchObject({ refused });
    expect(filesOf(journal)).toEqual(before);
  }
  expect(register.gaps()).toEqual([{ epoch, from: 5, to: 6 }]);
});

test("a lost end is no gap: nothing behind it could prove anything", async () => {
  const { machine } = await makeGappedJournal([11, 12]);
  const register = await openFakeRegister(machine);
  expect(register.gaps()).toEqual([]);
});

test("J4, J6: cut off at any write of it, the next start is well and the gap can be closed", async () => {
  for (let atWrite = 1; atWrite <= 8; atWrite += 1) {
    const { machine, records, epoch } = await makeGappedJournal([5]);
    const register = await openFakeRegister(machine);
    const written = await allOf(register, register.epoch);
    machine.disk.plan({ atWrite, kind: "cut", kept: 0 });
    await register.fillGap(epoch, givenOf(records, 5, 5)).catch(() => {});
    machine.disk.powerOn();
    const again = await openFakeRegister(machine);
    if (again.gaps().length > 0) await again.fillGap(epoch, givenOf(records, 5, 5));
    expect(await allOf(again, epoch)).toEqual(records);
    const [, next = { epoch: "" }] = again.epochs();
    expect((await allOf(again, next.epoch)).slice(0, written.length)).toEqual(written);
  }
});
