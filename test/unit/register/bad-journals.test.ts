/**
 * Goal: whatever a box finds in the place of its journal, two copies of it, it says what that is in
 * words, keeps every byte, and the session that was open can still be closed. Method: folders on a
 * real disk, `register verify` as a person runs it, and a register that opens them. Damage of single
 * bytes and lines: damage.test.ts, two-copies.test.ts.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { registerCommand } from "../../../cli/register.ts";
import { NodeDisk } from "../../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { chainLink, chainNext, chainStart } from "../../../protocol/chain.ts";
import { encodeFrame } from "../../../protocol/frame.ts";
import type { RecordDraft } from "../../../protocol/record.ts";
import type { Register } from "../../../src/register/register.ts";
import { openRegisterOn, STUDY_DAY_UNIX_MS } from "../../support/open-fake-register.ts";
import { OPEN } from "../../support/session-records.ts";

let root = "";
let said = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "one-room-bad-"));
  const keep = (text: unknown) => {
    said += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(root, { recursive: true, force: true });
});

function openBox(folder: string, seed = 7, boxId?: string): Promise<Register> {
  const disk = new NodeDisk(folder);
  return openRegisterOn({ disk, seed, ...(boxId === undefined ? {} : { boxId }) });
}

interface Room {
  readonly folder: string;
  readonly session: string;
  readonly register: Register;
}

const mark = (session: string, member: string): RecordDraft => ({
  k: "attend",
  d: { session, marks: [[member, "P", "call"]] },
});

/** How many the room sees marked. */
function markedIn(register: Register, session: string): number {
  const marks = register.fold.session(session)?.marks ?? [];
  return marks.filter(({ status }) => status !== "-").length;
}

async function openRoom(name: string, seed = 7): Promise<Room> {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "version"), '{"layout":1,"kind":"box"}\n');
  const register = await openBox(folder, seed);
  const { e, s } = await register.append({ k: "session.open", d: OPEN });
  const session = `${e}-${s}`;
  for (const member of OPEN.expected) await register.append(mark(session, member));
  return { folder, session, register };
}

/** A box in the middle of a session: `init`, `boot`, `session.open`, three marks. */
async function makeRoom(name: string, seed?: number): Promise<Room> {
  const room = await openRoom(name, seed);
  await room.register.close();
  return room;
}

const COPIES = ["A", "B"] as const;
const segmentIn = (folder: string, copy: string) => {
  const path = join(folder, "register", copy);
  return join(path, readdirSync(path).sort()[0] ?? "");
};

/** In both copies. */
function rewrite(folder: string, change: (bytes: Buffer) => Uint8Array): void {
  for (const copy of COPIES) {
    const path = segmentIn(folder, copy);
    writeFileSync(path, change(readFileSync(path)));
  }
}

/** Of a segment, as the lines that it is. */
function rewriteLines(folder: string, change: (lines: string[]) => string[]): void {
  rewrite(folder, (bytes) => {
    const lines = bytes.toString().trimEnd().split("\n");
    return Buffer.from(`${change(lines).join("\n")}\n`);
  });
}

async function verify(folder: string, ...args: string[]): Promise<string> {
  said = "";
  process.exitCode = 0;
  await registerCommand().parseAsync(["verify", "--data", folder, ...args], { from: "user" });
  return `${process.exitCode} ${said}`;
}

/** The room goes on after what was found: somebody is marked, and the session is closed. */
async function closeSession(register: Register, session: string): Promise<void> {
  await register.append(mark(session, "dddddddd"));
  const counts = { expected: 3, unmarked: 0, P: 3, L: 0, X: 0, V: 0, A: 0, G: 1, Q: 0 };
  await register.append({
    k: "session.close",
    d: { session, ending: "done", counts, heads: null },
  });
  expect(register.writable).toBe(true);
  expect(register.fold.session(session)?.closed).not.toBeNull();
  await register.close();
}

function contentsOf(folder: string): Buffer[] {
  return readdirSync(join(folder, "register"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

/** All of these bytes are somewhere in the folder still. */
function isKept(folder: string, bytes: Uint8Array): boolean {
  return contentsOf(folder).some((content) => content.includes(Buffer.from(bytes)));
}

test("truncated: in the middle of a line of both copies", async () => {
  const { folder, session } = await makeRoom("box");
  rewrite(folder, (bytes) => bytes.subarray(0, bytes.length - 30));
  expect(await verify(folder)).toMatch(/^1 [\s\S]*第 6 条：有记录的字节坏了或缺了；原样保留/);
  const register = await openBox(folder);
  expect(register.damage.join()).toContain("第 6 条：有记录的字节坏了或缺了");
  expect(markedIn(register, session)).toBe(2);
  await closeSession(register, session);
});

test("truncated: one copy to nothing; the other gives it back", async () => {
  const { folder, session } = await makeRoom("box");
  const whole = readFileSync(segmentIn(folder, "A"));
  writeFileSync(segmentIn(folder, "A"), "");
  expect(await verify(folder)).toMatch(
    /^1 [\s\S]*A 份 .* 第 1 条：比另一份少了记录，可从另一份补上/,
  );
  const register = await openBox(folder);
  expect(register.damage).toEqual([]);
  expect(readFileSync(segmentIn(folder, "A"))).toEqual(whole);
  await closeSession(register, session);
});

test("spliced: a record of another time of the same box in the middle of both copies", async () => {
  const { folder, session } = await makeRoom("box");
  const other = await makeRoom("other", 7);
  const [, , foreign = ""] = readFileSync(segmentIn(other.folder, "A"), "utf8").split("\n");
  const json = Buffer.from(foreign.slice(15).replace("稻瘟病", "玉米螟"));
  const line = Buffer.from(encodeFrame(json)).toString().trimEnd();
  rewriteLines(folder, (lines) => lines.toSpliced(2, 1, line));
  expect(await verify(folder)).toMatch(
    /^1 [\s\S]*第 4 条：有记录与前面接不上，可能缺了、被改动或被旧数据覆盖/,
  );
  const before = readFileSync(segmentIn(folder, "A"));
  const register = await openBox(folder);
  expect(register.damage.join()).toContain("有记录与前面接不上");
  expect(isKept(folder, before)).toBe(true);
  await closeSession(register, session);
});

test("swapped: two records of both copies have changed places", async () => {
  const { folder, session } = await makeRoom("box");
  rewriteLines(folder, (lines) => {
    const [four = "", five = ""] = lines.slice(3, 5);
    return lines.toSpliced(3, 2, five, four);
  });
  expect(await verify(folder)).toMatch(/^1 [\s\S]*第 4 条：有记录与前面接不上/);
  const register = await openBox(folder);
  // Out of their order they are no proof, but they were acknowledged: the room sees all of them.
  expect(markedIn(register, session)).toBe(3);
  await closeSession(register, session);
});

test("swapped: two segments of both copies have changed names", async () => {
  const { folder, session, register } = await openRoom("box");
  const detail = "满".repeat(5000);
  for (let count = 0; count < 150; count += 1) {
    await register.append({ k: "fault", d: { part: "test", code: String(count), detail } });
  }
  await register.close();
  for (const copy of COPIES) {
    const path = join(folder, "register", copy);
    const [, two = "", three = ""] = readdirSync(path).sort();
    renameSync(join(path, two), join(path, "aside"));
    renameSync(join(path, three), join(path, two));
    renameSync(join(path, "aside"), join(path, three));
  }
  expect(await verify(folder)).toMatch(/^1 [\s\S]*-00002\.log 第 \d+ 条：有记录与前面接不上/);
  const again = await openBox(folder);
  expect(markedIn(again, session)).toBe(3);
  await closeSession(again, session);
});

/** Every record anew from the changed one on, with sums, sequences and hashes that fit. */
function rehash(lines: readonly string[], change: (json: string) => string): string[] {
  const records = lines.map(
    (line) => JSON.parse(change(line.slice(15))) as Record<string, unknown>,
  );
  const [first] = records as [{ e: string; d: { box: string } }];
  let h = chainStart(nodeSha256.digest, first.d.box, first.e);
  return records.map((record) => {
    const json = Buffer.from(JSON.stringify({ ...record, p: chainLink(h) }));
    h = chainNext(nodeSha256.digest, h, json);
    return Buffer.from(encodeFrame(json)).toString().trimEnd();
  });
}

const forge = (json: string) => json.replace('["bbbbbbbb","P"', '["bbbbbbbb","A"');

async function giveReceipt({ register }: Room): Promise<void> {
  const { s, h } = register.head();
  const ack = { v: 1, box: register.boxId, epoch: register.epoch, upTo: s, h, want: [], win: 8 };
  const m = JSON.stringify({ ...ack, now: STUDY_DAY_UNIX_MS });
  const text = JSON.stringify({ m, sig: "-", kid: "k1" });
  await register.append({ k: "receipt", d: { epoch: register.epoch, upTo: s, h, ack: text } });
}

test("re-hashed: both copies rewritten from a record on; the county's receipt in the chain tells", async () => {
  const room = await openRoom("box");
  await giveReceipt(room);
  await room.register.close();
  const { folder, session } = room;
  expect(await verify(folder)).toMatch(/^0 [\s\S]*完好。/);
  rewriteLines(folder, (lines) => rehash(lines, forge));
  expect(await verify(folder)).toMatch(/^1 [\s\S]*第 6 条：与县里当时的回执对不上/);
  const register = await openBox(folder);
  expect(register.damage.join()).toContain("与县里当时的回执对不上");
  await closeSession(register, session);
});

test("re-hashed: also where the receipt was rewritten, for its text is the county's", async () => {
  const room = await openRoom("box");
  await giveReceipt(room);
  await room.register.close();
  const { folder } = room;
  rewriteLines(folder, (lines) => {
    const forged = rehash(lines, forge);
    const h = forged
      .slice(0, -1)
      .reduce(
        (before, line) => chainNext(nodeSha256.digest, before, Buffer.from(line.slice(15))),
        chainStart(nodeSha256.digest, room.register.boxId, room.register.epoch),
      );
    const { h: old } = JSON.parse((lines.at(-1) ?? "").slice(15)).d;
    return rehash(forged, (json) => json.replace(`"h":"${old}"`, `"h":"${h}"`));
  });
  expect(await verify(folder)).toMatch(/^1 [\s\S]*第 6 条：与县里当时的回执对不上/);
});

test("re-hashed: in one copy only; the other one has another history, and both are kept", async () => {
  const { folder, session } = await makeRoom("box");
  const path = segmentIn(folder, "A");
  const forged = rehash(readFileSync(path, "utf8").trimEnd().split("\n"), forge);
  writeFileSync(path, `${forged.join("\n")}\n`);
  const kept = COPIES.map((copy) => readFileSync(segmentIn(folder, copy)));
  expect(await verify(folder)).toMatch(/^1 [\s\S]*第 5 条：两份备份各有一条不同的记录，都接得上/);
  const register = await openBox(folder);
  expect(kept.every((bytes) => isKept(folder, bytes))).toBe(true);
  await closeSession(register, session);
});

test("foreign-box: a folder of another box, with our enrolment: it is told, and stays that box's", async () => {
  const other = await makeRoom("other", 99);
  const before = contentsOf(other.folder);
  const register = await openBox(other.folder, 8, "aaaabbbbccccdddd");
  expect(register.boxId).not.toBe("aaaabbbbccccdddd");
  expect(register.damage.join()).toMatch(
    /登记簿是播放盒 [a-z2-7]{16} 的，开通文件是另一台（aaaabbbbccccdddd）的：照常登记，但不连县里/,
  );
  expect(before.every((bytes) => isKept(other.folder, bytes))).toBe(true);
  await closeSession(register, other.session);
});

test("foreign-box: another box's segments beside ours in both copies are told, and left alone", async () => {
  const { folder, session } = await makeRoom("box");
  const other = await makeRoom("other", 99);
  for (const copy of COPIES) {
    const path = segmentIn(other.folder, copy);
    cpSync(path, join(folder, "register", copy, basename(path)));
  }
  expect(await verify(folder)).toMatch(/^1 [\s\S]*是另一台播放盒（[a-z2-7]{16}）的登记簿/);
  const before = contentsOf(other.folder);
  const register = await openBox(folder);
  expect(register.damage.join()).toContain("不算这台的；原样保留");
  expect(markedIn(register, session)).toBe(3);
  expect(register.fold.session(other.session)).toBeUndefined();
  await closeSession(register, session);
  expect(before.every((bytes) => isKept(folder, bytes))).toBe(true);
});

test("older-image: both copies as they were before; only the county can tell, and says so", async () => {
  const { folder, session } = await makeRoom("box");
  const image = join(root, "image");
  cpSync(folder, image, { recursive: true });
  const newer = await openBox(folder);
  await newer.append(mark(session, "dddddddd"));
  const { s: theirs } = newer.head();
  await newer.close();
  rmSync(folder, { recursive: true });
  cpSync(image, folder, { recursive: true });
  // Whole, as far as it goes: nothing here can know better.
  expect(await verify(folder)).toMatch(/^0 [\s\S]*完好。/);
  const register = await openBox(folder);
  const { epoch } = register;
  await register.append({ k: "fault", d: { part: "test", code: "one" } });
  await register.beginNewEpoch({ why: "rollback", epoch, s: theirs + 40 });
  const told = await register.read(register.epoch, 2, { maxCount: 1, maxBytes: 1e6 });
  expect(told.map(({ record }) => [record.k, record.d])).toMatchObject([
    ["rollback", { epoch, theirs: theirs + 40 }],
  ]);
  await closeSession(register, session);
});

test("older-image: of one copy; it is filled up from the other", async () => {
  const { folder, session, register: first } = await openRoom("box");
  cpSync(join(folder, "register/A"), join(root, "image"), { recursive: true });
  await first.append(mark(session, "dddddddd"));
  await first.close();
  cpSync(join(root, "image"), join(folder, "register/A"), { recursive: true });
  expect(await verify(folder)).toMatch(/^1 [\s\S]*A 份 .* 第 7 条：比另一份少了记录/);
  const register = await openBox(folder);
  expect(register.damage).toEqual([]);
  expect(markedIn(register, session)).toBe(4);
  await closeSession(register, session);
});

test("cloned: the copies of two boxes that began as one folder are two histories", async () => {
  const { folder, session } = await makeRoom("box");
  const clone = join(root, "clone");
  cpSync(folder, clone, { recursive: true });
  for (const [at, seed] of [
    [folder, 1],
    [clone, 2],
  ] as const) {
    const box = await openBox(at);
    await box.append({ k: "fault", d: { part: "test", code: `box-${seed}` } });
    await box.append({ k: "fault", d: { part: "test", code: `box-${seed}-again` } });
    await box.close();
  }
  // Each is whole by itself: that there are two of them the county sees, by their hashes.
  expect(await verify(folder)).toMatch(/^0 [\s\S]*完好。/);
  cpSync(join(clone, "register/B"), join(folder, "register/B"), { recursive: true });
  const kept = COPIES.map((copy) => readFileSync(segmentIn(folder, copy)));
  expect(await verify(folder)).toMatch(/^1 [\s\S]*第 8 条：两份备份各有一条不同的记录/);
  const register = await openBox(folder);
  expect(register.damage.join()).toContain("分不出哪条是真的");
  expect(kept.every((bytes) => isKept(folder, bytes))).toBe(true);
  await closeSession(register, session);
});
