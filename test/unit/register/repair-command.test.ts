/**
 * Goal: what is wrong is named, what can be mended is mended, and nothing unproven ever gets in.
 * Method: a journal on a real disk, damaged byte by byte, and the commands as a person runs them.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NodeClock } from "../../../platform/node/node-clock.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { chainNext } from "../../../protocol/chain.ts";
import { encodeFrame } from "../../../protocol/frame.ts";
import { commandWorld, openFolderRegister } from "../../support/register-command.ts";

const world = commandWorld("repair");
const { said } = world;

/** @returns the exit code, and what was said */
async function run(box: string, ...args: string[]) {
  Object.assign(said, { out: "", err: "" });
  const code = await world.run(...args, "--data", box);
  return { code, text: said.out + said.err };
}

async function verdict(box: string, ...args: string[]) {
  const { code } = await run(box, "verify", "--json", ...args);
  return { code, ...JSON.parse(said.out) };
}

const COUNT = 10;
/** `init`, `boot`, then the faults: record 5 is the third of them. */
const IN_5 = '"code":"f3"';

interface Making {
  readonly seed?: number;
  readonly count?: number;
  readonly detail?: string;
  readonly mirror?: string;
}

async function makeBox(name: string, making: Making = {}): Promise<string> {
  const { count = COUNT, detail = "", ...register } = making;
  const box = world.makeBox(name);
  const opened = await openFolderRegister(box, register);
  for (let index = 1; index <= count; index += 1) {
    await opened.append({ k: "fault", d: { part: "test", code: `f${index}`, detail } });
  }
  await opened.close();
  return box;
}

type Copy = "A" | "B";

function segmentOf(box: string, copy: Copy, number = 1): string {
  const folder = join(box, "register", copy);
  return join(folder, readdirSync(folder).sort()[number - 1] ?? "");
}

/** One wrong bit in the text of a record. */
function flip(path: string, text: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** Both copies lose the same record. */
function loseRecord(box: string, text = IN_5): void {
  for (const copy of ["A", "B"] as const) flip(segmentOf(box, copy), text);
}

function snapshot(box: string): string[] {
  const folder = join(box, "register");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path} ${nodeSha256.digest(readFileSync(path))}`);
}

async function exportOf(box: string): Promise<string> {
  const file = `${box}.jsonl`;
  expect((await run(box, "export", "--plain", "--out", file)).code).toBe(0);
  return file;
}

interface Line {
  e: string;
  s: number;
  h: string;
  json: string;
}

function alter(file: string, change: (lines: Line[]) => Line[]): string {
  const [head = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const changed = change(lines.map((line) => JSON.parse(line)));
  const out = `${file}.altered`;
  writeFileSync(out, `${[head, ...changed.map((line) => JSON.stringify(line))].join("\n")}\n`);
  return out;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

test("verify: a whole journal is well in each copy and in both", async () => {
  const box = await makeBox("box");
  const answer = await verdict(box);
  expect(answer).toMatchObject({ code: 0, ok: true, recordCount: 12, damage: [] });
  expect(answer.copies).toEqual([
    { copy: "A", state: "read", recordCount: 12, damage: null },
    { copy: "B", state: "read", recordCount: 12, damage: null },
  ]);
});

test("verify: damage in one copy is named there; the other and both prove everything", async () => {
  const box = await makeBox("box");
  flip(segmentOf(box, "A"), IN_5);
  const answer = await verdict(box);
  expect(answer).toMatchObject({ code: 1, recordCount: 12, damage: [{ copy: "A", s: 5 }] });
  expect(answer.copies).toMatchObject([
    { copy: "A", recordCount: 4, damage: { kind: "corrupt", s: 5 } },
    { copy: "B", recordCount: 12, damage: null },
  ]);
  const { code, text } = await run(box, "verify");
  expect(code).toBe(1);
  expect(text).toContain("A 份单独：能证明 4 条");
  expect(text).toContain("B 份单独：能证明 12 条，没有坏处");
  expect(text).toContain("两份合起来仍能证明：共 12 条");
});

test("verify: different damage in each copy is proven by both together", async () => {
  const box = await makeBox("box");
  flip(segmentOf(box, "A"), IN_5);
  flip(segmentOf(box, "B"), '"code":"f7"');
  const answer = await verdict(box);
  expect(answer).toMatchObject({ code: 1, recordCount: 12 });
  expect(answer.copies).toMatchObject([{ recordCount: 4 }, { recordCount: 8 }]);
});

test("verify: the same damage in both is a gap, and what lies behind is not called proven", async () => {
  const box = await makeBox("box");
  loseRecord(box);
  const answer = await verdict(box);
  expect(answer).toMatchObject({ code: 1, recordCount: 4, beyondCount: 7 });
  expect(answer.damage).toMatchObject([{ kind: "corrupt", copy: null, s: 5 }]);
  expect((await run(box, "verify")).text).toContain("--from-export");
});

test("verify: a record rewritten with a sum that fits is a fork", async () => {
  const box = await makeBox("box");
  for (const copy of ["A", "B"] as const) {
    const path = segmentOf(box, copy);
    const lines = readFileSync(path, "utf8").split("\n");
    const json = (lines[4] ?? "").slice(15).replace("f3", "g3");
    lines[4] = Buffer.from(encodeFrame(utf8(json)))
      .toString("utf8")
      .trimEnd();
    writeFileSync(path, lines.join("\n"));
  }
  const answer = await verdict(box);
  expect(answer.damage).toMatchObject([{ kind: "fork", s: 6 }]);
});

test("verify: a copy that is not there is told, and is no damage", async () => {
  const box = await makeBox("box");
  rmSync(join(box, "register/B"), { recursive: true });
  expect((await verdict(box)).copies).toMatchObject([{ state: "read" }, { state: "empty" }]);
  const { code, text } = await run(box, "verify");
  expect(code).toBe(0);
  expect(text).toContain("没有 B 份");
});

test("verify and repair: copy B lies on the second volume", async () => {
  const mirror = join(world.root, "stick");
  mkdirSync(mirror);
  const box = await makeBox("box", { mirror });
  flip(segmentOf(mirror, "B"), IN_5);
  expect(await verdict(box, "--mirror", mirror)).toMatchObject({
    code: 1,
    damage: [{ copy: "B" }],
  });
  expect((await run(box, "repair", "--mirror", mirror)).code).toBe(0);
  expect((await verdict(box, "--mirror", mirror)).code).toBe(0);
  expect(readFileSync(segmentOf(mirror, "B"))).toEqual(readFileSync(segmentOf(box, "A")));
  expect((await run(box, "verify", "--mirror", join(world.root, "gone"))).text).toContain(
    "U 盘插好了吗",
  );
  expect((await run(box, "repair", "--mirror", join(world.root, "gone"))).code).toBe(1);
});

test("repair: a copy damaged in the middle is mended from the other, and says so", async () => {
  for (const copy of ["A", "B"] as const) {
    const box = await makeBox(`box-${copy}`);
    flip(segmentOf(box, copy), IN_5);
    const { code, text } = await run(box, "repair");
    expect(text).toContain(`修好了：${copy} 份`);
    expect(code).toBe(0);
    expect(await verdict(box)).toMatchObject({ code: 0, recordCount: 14 });
    expect(readdirSync(join(box, "register/quarantine"))).toHaveLength(1);
    expect(existsSync(join(box, "lock"))).toBe(false);
  }
});

test("repair: a copy that is gone is made again", async () => {
  const box = await makeBox("box");
  rmSync(join(box, "register/A"), { recursive: true });
  expect((await run(box, "repair")).code).toBe(0);
  expect((await verdict(box)).copies).toMatchObject([{ state: "read" }, { state: "read" }]);
});

test("repair: where nothing is wrong nothing is changed", async () => {
  const box = await makeBox("box");
  const before = snapshot(box);
  const { code, text } = await run(box, "repair");
  expect(code).toBe(0);
  expect(text).toContain("什么都没有改");
  expect(snapshot(box)).toEqual(before);
});

test("repair: a gap in both is told, and left as it is", async () => {
  const box = await makeBox("box");
  loseRecord(box);
  const before = snapshot(box);
  const { code, text } = await run(box, "repair");
  expect(code).toBe(1);
  expect(text).toContain("没有修好");
  expect(text).toContain("--from-export");
  expect(snapshot(box)).toEqual(before);
});

test("repair: while the box runs it says who holds the folder, and changes nothing", async () => {
  const box = await makeBox("box");
  flip(segmentOf(box, "A"), IN_5);
  const before = snapshot(box);
  const other = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: "pipe" });
  try {
    const { pid = 0 } = other;
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const startTicks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const { bootId } = new NodeClock();
    writeFileSync(join(box, "lock"), JSON.stringify({ pid, bootId, startTicks }));
    const { code, text } = await run(box, "repair");
    expect(code).toBe(1);
    expect(text).toContain(`进程号 ${pid}`);
    expect(snapshot(box)).toEqual(before);
  } finally {
    other.kill();
  }
});

test("repair from an export: the right records close the gap in both copies", async () => {
  const box = await makeBox("box");
  const file = await exportOf(box);
  const whole = readFileSync(segmentOf(box, "A"));
  loseRecord(box);
  const { code, text } = await run(box, "repair", "--from-export", file);
  expect(text).toContain("第 5 条");
  expect(code).toBe(0);
  expect(await verdict(box)).toMatchObject({ code: 0, beyondCount: 0 });
  for (const copy of ["A", "B"] as const) {
    expect(readFileSync(segmentOf(box, copy)).subarray(0, whole.length)).toEqual(whole);
  }
  await run(box, "export");
  expect(said.out).toContain('\\"why\\":\\"export\\"');
});

test("repair from an export: also after the box has begun a new epoch behind the gap", async () => {
  const box = await makeBox("box");
  const file = await exportOf(box);
  loseRecord(box);
  const register = await openFolderRegister(box, { seed: 8 });
  await register.close();
  expect((await run(box, "repair", "--from-export", file)).code).toBe(0);
  const { epochs } = await verdict(box);
  expect(epochs).toMatchObject([{ head: 12 }, {}]);
});

test("repair from an export: several gaps, and a whole segment that both lost", async () => {
  const box = await makeBox("box", { count: 200, detail: "满".repeat(4_000) });
  const file = await exportOf(box);
  const whole = [1, 2, 3].map((number) => readFileSync(segmentOf(box, "A", number)));
  loseRecord(box);
  for (const copy of ["A", "B"] as const) rmSync(segmentOf(box, copy, 2));
  expect((await verdict(box)).code).toBe(1);
  const { code, text } = await run(box, "repair", "--from-export", file);
  expect(text.match(/补上了/g)).toHaveLength(2);
  expect(code).toBe(0);
  for (const copy of ["A", "B"] as const) {
    const found = [1, 2].map((number) => readFileSync(segmentOf(box, copy, number)));
    expect(found.every((bytes, index) => whole[index]?.equals(bytes))).toBe(true);
  }
});

/** Each is refused in words, and not one byte is changed. */
const REFUSED: Readonly<Record<string, readonly [string, (lines: Line[]) => Line[]]>> = {
  "a record that was altered": [
    "可能被改动过",
    (lines) => lines.map((line) => ({ ...line, json: line.json.replace("f3", "g3") })),
  ],
  "a record that was altered, with a hash that fits it": [
    "可能被改动过",
    (lines) => {
      const before = lines[3]?.h ?? "";
      return lines.map((line) => {
        if (line.s !== 5) return line;
        const json = line.json.replace("f3", "g3");
        return { ...line, json, h: chainNext(nodeSha256.digest, before, utf8(json)) };
      });
    },
  ],
  "an altered history, hashed again to its end": [
    "后面的记录不认它们",
    (lines) => {
      let h = lines[3]?.h ?? "";
      return lines.map((line) => {
        if (line.s < 5) return line;
        const json = line.json
          .replace("f3", "g3")
          .replace(/"p":"[0-9a-f]{32}"/, `"p":"${h.slice(0, 32)}"`);
        h = chainNext(nodeSha256.digest, h, utf8(json));
        return { ...line, json, h };
      });
    },
  ],
  "an export without the record": ["没有这一条", (lines) => lines.filter(({ s }) => s !== 5)],
  "records under other numbers": [
    "可能被改动过",
    (lines) => lines.map((line) => ({ ...line, s: line.s === 6 ? 5 : line.s })),
  ],
};

test.each(Object.entries(REFUSED))(
  "repair from an export: %s is refused",
  async (_name, [why, change]) => {
    const box = await makeBox("box");
    const file = alter(await exportOf(box), change);
    loseRecord(box);
    const before = snapshot(box);
    const { code, text } = await run(box, "repair", "--from-export", file);
    expect(text).toContain(why);
    expect(code).toBe(1);
    expect(snapshot(box)).toEqual(before);
  },
);

test("repair from an export: that of another box, or no export at all, is refused", async () => {
  const box = await makeBox("box");
  const foreign = await exportOf(await makeBox("other", { seed: 99 }));
  const nonsense = join(world.root, "nonsense");
  writeFileSync(nonsense, "hello\n");
  loseRecord(box);
  const before = snapshot(box);
  for (const [file, why] of [
    [foreign, "另一台播放盒"],
    [nonsense, "不是没有加封的登记簿导出"],
    [join(world.root, "none"), "读不出"],
  ] as const) {
    const { code, text } = await run(box, "repair", "--from-export", file);
    expect(text).toContain(why);
    expect(code).toBe(1);
  }
  expect(snapshot(box)).toEqual(before);
});

test("repair from an export: a last record that both lost has no witness, and stays lost", async () => {
  const box = await makeBox("box");
  const file = await exportOf(box);
  loseRecord(box, '"code":"f10"');
  const before = snapshot(box);
  const { code, text } = await run(box, "repair", "--from-export", file);
  expect(text).toContain("没有谁能证明");
  expect(code).toBe(1);
  expect(snapshot(box)).toEqual(before);
});
