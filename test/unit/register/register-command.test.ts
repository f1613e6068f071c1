import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { RecordDraft } from "../../../protocol/record.ts";
import type { Register } from "../../../src/register/register.ts";
import { STUDY_DAY_UNIX_MS } from "../../support/open-fake-register.ts";
import { commandWorld, openFolderRegister } from "../../support/register-command.ts";

const world = commandWorld("register");
const { said } = world;
let data = "";

beforeEach(() => {
  world.makeBox("box");
  data = world.root;
});

const run = (...args: string[]) => world.run(...args, "--data", data);
const openBox = (sure = true) => openFolderRegister(join(data, "box"), { sure });

const MEMBERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"];

async function holdSession(register: Register): Promise<string> {
  const { e, s } = await register.append({
    k: "session.open",
    d: {
      type: "study-day",
      title: "稻瘟病的识别与防治",
      branches: ["b1"],
      rosterVersion: 1,
      rosterSha256: null,
      expected: MEMBERS,
      lessons: [{ id: "rice-blast-2026", version: 1, sha256: "0".repeat(64) }],
      method: { id: "wubu", version: 1, sha256: "0".repeat(64) },
      stage: "signin",
    },
  });
  const session = `${e}-${s}`;
  const rest: RecordDraft[] = [
    {
      k: "attend",
      d: {
        session,
        marks: [
          ["aaaaaaaa", "P", "call"],
          ["bbbbbbbb", "L", "late"],
          ["cccccccc", "V", "call"],
        ],
        guests: { G: 1, Q: 2 },
      },
    },
    { k: "play", d: { session, item: 0, fromMs: 0, toMs: 61_000, rate: 1 } },
    { k: "headcount", d: { session, heads: 5 } },
  ];
  for (const draft of rest) await register.append(draft);
  return session;
}

test("sessions --json says of each session what the interface promises, while the box runs", async () => {
  const register = await openBox();
  const session = await holdSession(register);
  expect(await run("sessions", "--json")).toBe(0);
  expect(JSON.parse(said.out)).toEqual([
    {
      id: session,
      type: "study-day",
      lessons: ["rice-blast-2026"],
      openedAtMs: STUDY_DAY_UNIX_MS,
      openedUncMs: 60_000,
      openedBetween: null,
      stage: "signin",
      expected: 4,
      present: 1,
      late: 1,
      leave: 1,
      absent: 0,
      guests: 3,
      headcount: 5,
      closed: false,
      headCode: null,
    },
  ]);
  await register.close();
});

test("a time that nobody vouches for is null, and 时间未确认 for people", async () => {
  const register = await openBox(false);
  await holdSession(register);
  await register.close();
  await run("sessions", "--json");
  expect(JSON.parse(said.out)[0].openedAtMs).toBeNull();
  await run("sessions");
  expect(said.out).toContain("时间未确认");
});

test("show names the members as the roster does, and by their numbers without it", async () => {
  const register = await openBox();
  const session = await holdSession(register);
  await register.close();
  expect(await run("show", session)).toBe(0);
  expect(said.out).toContain("名册已无此人（编号 1）");
  const member = {
    id: "aaaaaaaa",
    no: 1,
    name: "王建国",
    initials: "wjg",
    branch: "b1",
    group: "第一党小组",
    management: "direct",
    status: "active",
    roles: [],
  };
  const branches = [{ id: "b1", name: "石桥村党支部", kind: "village" }];
  const roster = { schema: "one-room.roster/1", version: 1, branches, members: [member] };
  writeFileSync(join(data, "box/register/roster.json"), JSON.stringify(roster));
  said.out = "";
  expect(await run("show", session)).toBe(0);
  expect(said.out).toContain("王建国");
  expect(said.out).toContain("实际播放 1 分 1 秒");
  expect(await run("show", "00000000-9")).toBe(1);
  expect(said.err).toContain("没有这一场");
});

test("verify is 0 for a whole journal, and 1 for a single wrong bit, naming the record", async () => {
  const register = await openBox();
  await holdSession(register);
  await register.close();
  expect(await run("verify")).toBe(0);
  expect(said.out).toContain("完好");
  const folder = join(data, "box/register/A");
  const path = join(folder, readdirSync(folder)[0] ?? "");
  const bytes = readFileSync(path);
  const at = bytes.indexOf("rice-blast");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  expect(await run("verify")).toBe(1);
  expect(said.err).toContain("第 3 条");
  expect(readFileSync(path)).toEqual(bytes);
  said.out = "";
  expect(await run("verify", "--json")).toBe(1);
  expect(JSON.parse(said.out)).toMatchObject({
    ok: false,
    damage: [{ kind: "damage", copy: "A", s: 3 }],
  });
  rmSync(join(data, "box/register/B"), { recursive: true });
  said.out = "";
  expect(await run("verify", "--json")).toBe(1);
  expect(JSON.parse(said.out)).toMatchObject({ damage: [{ kind: "corrupt", copy: null, s: 3 }] });
});

test("verify is 1 for a journal whose end is missing", async () => {
  const register = await openBox();
  await holdSession(register);
  await register.close();
  const folder = join(data, "box/register/A");
  const path = join(folder, readdirSync(folder)[0] ?? "");
  writeFileSync(path, readFileSync(path).subarray(0, -10));
  expect(await run("verify")).toBe(1);
  expect(said.err).toContain("比另一份少了记录");
  rmSync(join(data, "box/register/B"), { recursive: true });
  expect(await run("verify")).toBe(1);
  expect(said.err).toContain("没有写完");
});

test("export writes every record as it was hashed", async () => {
  const register = await openBox();
  await holdSession(register);
  const stored = await register.read(register.epoch, 1, { maxCount: 99, maxBytes: 1e6 });
  await register.close();
  const file = join(data, "export.jsonl");
  expect(await run("export", "--plain", "--out", file)).toBe(0);
  const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(JSON.parse(head ?? "")).toMatchObject({ boxId: register.boxId, recordCount: 6 });
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    stored.map(({ e, s, h, json }) => ({ e, s, h, json })),
  );
});

test("a folder that is no box's is refused in words", async () => {
  rmSync(join(data, "box"), { recursive: true });
  expect(await run("sessions")).toBe(1);
  expect(said.err).toContain("没有播放盒的登记簿");
  rmSync(data, { recursive: true });
  expect(await run("verify")).toBe(1);
  expect(said.err).toContain("没有这个文件夹");
});

test("a box that never wrote has no sessions, and nothing wrong", async () => {
  mkdirSync(join(data, "box/register"));
  expect(await run("sessions", "--json")).toBe(0);
  expect(said.out).toBe("[]\n");
  expect(await run("verify")).toBe(0);
});
