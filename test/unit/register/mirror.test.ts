/**
 * Goal: a second volume that is pulled, comes back, or is another box's costs no record. Method: two
 * real folders; the one that is the stick is renamed away as if it were pulled.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NodeDisk } from "../../../platform/node/node-disk.ts";
import { NodeMirrorDisk, openMirror } from "../../../platform/node/node-mirror-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { readEachCopy, verifyRegister } from "../../../src/register/read-register.ts";
import type { Register } from "../../../src/register/register.ts";
import { openRegisterOn } from "../../support/open-fake-register.ts";

let root = "";
let data = "";
let stick = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "one-room-mirror-"));
  data = join(root, "data");
  stick = join(root, "stick");
  mkdirSync(data);
  mkdirSync(stick);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Opening {
  readonly seed?: number;
  readonly boxId?: string;
  readonly folder?: string;
}

function open({ seed = 7, boxId, folder = data }: Opening = {}): Promise<Register> {
  const places = { disk: new NodeDisk(folder), mirror: () => openMirror(stick) };
  return openRegisterOn({ ...places, seed, ...(boxId === undefined ? {} : { boxId }) });
}

const fault = (code: string) => ({ k: "fault", d: { part: "test", code } }) as const;
const pull = () => renameSync(stick, join(root, "pulled"));
const putBack = () => renameSync(join(root, "pulled"), stick);

function filesIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.startsWith("j-"));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

const sources = () => ({
  disk: new NodeDisk(data),
  folder: "register",
  mirror: new NodeDisk(stick),
  sha256: nodeSha256,
});

async function kindsOf(register: Register): Promise<string[]> {
  const records = await register.read(register.epoch, 1, { maxCount: 99, maxBytes: 1e6 });
  return records.map(({ record }) => record.k);
}

test("a stick that is pulled is told and does not stop anything; back again it holds everything", async () => {
  const register = await open();
  await register.append(fault("one"));
  pull();
  await register.append(fault("two"));
  expect(register.isCopyAway).toBe(true);
  await register.tend();
  await register.append(fault("three"));
  putBack();
  await register.tend();
  expect(register.isCopyAway).toBe(false);
  await register.append(fault("four"));
  expect(await kindsOf(register)).toEqual([
    ...["init", "boot", "fault", "fault", "copy.lost", "repair", "fault", "repair", "fault"],
  ]);
  await register.close();
  expect(filesIn(join(stick, "register/B"))).toEqual(filesIn(join(data, "register/A")));
  expect((await verifyRegister(sources())).damage).toEqual([]);
  const copies = await readEachCopy(sources());
  expect(copies.map(({ recordCount }) => recordCount)).toEqual([9, 9]);
});

test("what A loses of the time without the stick is taken from the copy beside it", async () => {
  const first = await open();
  await first.append(fault("one"));
  await first.close();
  pull();
  const alone = await open();
  const { e, s, h } = await alone.append(fault("two"));
  await alone.close();
  putBack();
  const folder = join(data, "register/A");
  const last = join(folder, readdirSync(folder).sort().at(-1) ?? "");
  writeFileSync(last, new Uint8Array(statSync(last).size));
  const register = await open();
  expect(register.hashAt(e, s)).toBe(h);
  expect(register.damage).toEqual([]);
  expect(await kindsOf(register)).toContain("repair");
  await register.close();
  expect(filesIn(join(stick, "register/B"))).toEqual(filesIn(folder));
});

test("a stick of another box is told in words, used beside what it holds, and nothing there is changed", async () => {
  const other = join(root, "other");
  mkdirSync(other);
  const theirs = await open({ seed: 99, folder: other });
  await theirs.append(fault("theirs"));
  await theirs.close();
  const before = filesIn(join(stick, "register/B"));
  const empty = join(root, "empty");
  cpSync(stick, empty, { recursive: true });
  const register = await open();
  expect(register.boxId).toBe(theirs.boxId);
  await register.close();
  // It was not enrolled: so it took itself for that box. With an own copy, or enrolled, it does not.
  rmSync(join(data, "register"), { recursive: true });
  rmSync(stick, { recursive: true });
  renameSync(empty, stick);
  const enrolled = await open({ seed: 8, boxId: "aaaabbbbccccdddd" });
  expect(enrolled.boxId).toBe("aaaabbbbccccdddd");
  expect(enrolled.damage.join()).toMatch(
    /是另一台播放盒（[a-z2-7]{16}）的登记簿，不算这台的；原样保留/,
  );
  await enrolled.append(fault("ours"));
  await enrolled.close();
  const later = await open({ seed: 9 });
  expect(later.boxId).toBe("aaaabbbbccccdddd");
  await later.close();
  const after = filesIn(join(stick, "register/B"));
  for (const [name, content] of before) expect(after.get(name)).toBe(content);
  expect(after.size).toBe(before.size + 1);
});

test("K2: what is left under the name of a volume that is gone is not written", async () => {
  const { dev } = statSync(stick);
  const disk = new NodeMirrorDisk(stick, dev + 1);
  await expect(disk.openAppend("register/B/x.log")).rejects.toMatchObject({ code: "io" });
  await expect(disk.replace("x", new Uint8Array(1))).rejects.toMatchObject({ code: "io" });
  expect(readdirSync(stick)).toEqual([]);
  writeFileSync(join(root, "file"), "");
  expect(await openMirror(join(root, "file"))).toBeNull();
  expect(await openMirror(join(root, "nowhere"))).toBeNull();
});
