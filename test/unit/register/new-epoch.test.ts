/** Goal: what the county holds and this box does not is never written over (R9). */
import { expect, test } from "vitest";
import type { RecordDraft } from "../../../protocol/record.ts";
import type { Register } from "../../../src/register/register.ts";
import { makeFakeMachine, openFakeRegister } from "../../support/open-fake-register.ts";

const FAULT: RecordDraft = { k: "fault", d: { part: "test", code: "one" } };

async function kinds(register: Register): Promise<string[]> {
  const records = await register.read(register.epoch, 1, { maxCount: 99, maxBytes: 1e6 });
  return records.map(({ record }) => record.k);
}

test("J5: R9: a county that is ahead of us makes a new epoch begin, which names the old one", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  const old = register.epoch;
  const { s, h } = register.head();
  const epoch = await register.beginNewEpoch({ why: "rollback", epoch: old, s: s + 5 });
  expect(epoch).not.toBe(old);
  await register.append(FAULT);
  expect(await kinds(register)).toEqual(["init", "rollback", "fault"]);
  const [init, rollback] = await register.read(epoch, 1, { maxCount: 2, maxBytes: 1e6 });
  expect(init?.record.d).toMatchObject({ previous: { epoch: old, s, h }, box: register.boxId });
  expect(rollback?.record.d).toEqual({ epoch: old, ours: s, theirs: s + 5 });
  await register.close();
  const after = await openFakeRegister(machine);
  expect(after.epoch).toBe(epoch);
  expect(after.epochs().map((extent) => extent.head)).toEqual([s, 4]);
  const missing = `县里有第 ${s + 1} 到 ${s + 5} 条，这里没有`;
  for (const one of [register, after]) {
    expect(one.damage).toEqual([expect.stringContaining(missing)]);
    expect(one.damage[0]).toContain("以县里的登记簿和纸质签到册为准，请报告县里");
  }
});

test("J5: a county that has another record at the same place makes a new epoch begin", async () => {
  const register = await openFakeRegister(makeFakeMachine());
  await register.beginNewEpoch({ why: "fork", epoch: register.epoch, s: 2 });
  expect(await kinds(register)).toEqual(["init", "fork"]);
  expect(register.damage).toEqual([expect.stringContaining("从第 2 条起不一样的记录")]);
});

test("J5: asked twice, or about what is no longer written, nothing begins", async () => {
  const register = await openFakeRegister(makeFakeMachine());
  const old = register.epoch;
  const ask = () => register.beginNewEpoch({ why: "rollback", epoch: old, s: 99 });
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second).toBe(first);
  expect(register.epochs()).toHaveLength(2);
  expect(await register.beginNewEpoch({ why: "rollback", epoch: first, s: 2 })).toBe(first);
  expect(register.epochs()).toHaveLength(2);
});

test("a new epoch that the disk refuses is not begun, and the old one goes on", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  const old = register.epoch;
  for (let write = 1; write <= 4; write += 1) {
    machine.disk.plan({ atWrite: write, kind: "io", kept: 0 });
  }
  const doubt = { why: "rollback", epoch: old, s: 99 } as const;
  await expect(register.beginNewEpoch(doubt)).rejects.toThrow("io");
  expect(register.epoch).toBe(old);
  machine.disk.powerOn();
  expect((await register.append(FAULT)).e).toBe(old);
  expect(await register.beginNewEpoch(doubt)).not.toBe(old);
});
