/** A journal whose both copies lost the same records, and what somebody else kept of it. */
import type { StoredRecord } from "../../protocol/record.ts";
import type { GivenRecord, Register } from "../../src/register/register.ts";
import { type FakeMachine, makeFakeMachine, openFakeRegister } from "./open-fake-register.ts";

export interface GappedJournal {
  readonly machine: FakeMachine;
  /** As it was written, oldest first. */
  readonly records: readonly StoredRecord[];
  readonly epoch: string;
  /** Content of both copies' one segment before anything was lost. */
  readonly whole: Uint8Array;
}

/** `init`, `boot`, and faults up to `count`; the records `lost` are zeros in both copies. */
export async function makeGappedJournal(
  lost: readonly number[],
  count = 12,
): Promise<GappedJournal> {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  for (let index = 3; index <= count; index += 1) {
    await register.append({ k: "fault", d: { part: "test", code: `f${index}`, detail: "" } });
  }
  const { epoch } = register;
  const records = await allOf(register, epoch);
  await register.close();
  const [path = ""] = segmentsOf(machine, "A");
  const whole = machine.disk.files.get(path)?.slice() ?? new Uint8Array();
  for (const copy of ["A", "B"] as const) wipe(machine, segmentsOf(machine, copy)[0] ?? "", lost);
  return { machine, records, epoch, whole };
}

export function allOf(register: Register, epoch: string): Promise<StoredRecord[]> {
  return register.read(epoch, 1, { maxCount: 10_000, maxBytes: 1e9 });
}

function segmentsOf({ disk }: FakeMachine, copy: "A" | "B"): string[] {
  return [...disk.files.keys()].filter((path) => path.startsWith(`register/${copy}/`)).sort();
}

function wipe({ disk }: FakeMachine, path: string, lost: readonly number[]): void {
  const lines = new TextDecoder().decode(disk.files.get(path)).split("\n");
  const left = lines.map((line, index) =>
    lost.includes(index + 1) ? "\0".repeat(line.length) : line,
  );
  disk.files.set(path, new TextEncoder().encode(left.join("\n")));
}

/** What an honest keeper gives for these sequences. */
export function givenOf(
  records: readonly StoredRecord[],
  from: number,
  to: number,
): Map<number, GivenRecord> {
  const wanted = records.filter(({ s }) => s >= from && s <= to);
  return new Map(wanted.map(({ s, h, json }) => [s, { h, json }]));
}
