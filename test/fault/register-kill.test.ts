/** Goal: a register on a real disk keeps what it acknowledged, however often it is killed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { verifyRegister } from "../../src/register/read-register.ts";
import { ROOT, startNode } from "../support/process.ts";

/** `npm run fault -- register-kills 10000` asks for more. */
const KILLS = Number(process.env["ONE_ROOM_FAULT_COUNT"] ?? 100);
/** Well below the 20 s that this may take on a slow machine. */
const ACKNOWLEDGED_MAX_PER_LIFE = 60;

const folder = mkdtempSync(join(tmpdir(), "one-room-kill-"));
const data = join(folder, "data");

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, "test/fault/register/appender.ts"),
      outDir: join(folder, "program"),
      minify: false,
      rolldownOptions: { output: { entryFileNames: "[name].mjs" } },
    },
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the appender until it has acknowledged `count` records, then kills it. */
async function liveFor(round: number, count: number): Promise<string[]> {
  const program = startNode([join(folder, "program", "appender.mjs"), data, String(round)]);
  const { stdout } = program.child;
  if (stdout === null) throw new Error("the appender's output is not piped");
  const acknowledged: string[] = [];
  const lines = createInterface({ input: stdout });
  const closed = new Promise<void>((resolve) => void lines.once("close", resolve));
  lines.on("line", (line) => {
    acknowledged.push(line);
    if (acknowledged.length === count) program.kill("SIGKILL");
  });
  await program.ended;
  await closed;
  expect(acknowledged.length, program.log()).toBeGreaterThanOrEqual(count);
  return acknowledged;
}

/** A number that looks like chance and is the same in every run. */
const livesFor = (round: number) => 1 + ((round * 29) % ACKNOWLEDGED_MAX_PER_LIFE);

test(
  "J4: after every kill -9 each acknowledged record is there once, and the chain is whole",
  async () => {
    const witnessed: string[] = [];
    for (let round = 1; round <= KILLS; round += 1) {
      witnessed.push(...(await liveFor(round, livesFor(round))));
    }
    const hashes = new Set<string>();
    /** Intent to the records that bear it: the journal may be read several times. */
    const intents = new Map<string, Set<string>>();
    const reading = await verifyRegister({
      disk: new NodeDisk(data),
      folder: "register",
      sha256: nodeSha256,
      onRecord({ e, s, h, record }) {
        hashes.add(`${e} ${s} ${h}`);
        if (record.r === undefined) return;
        intents.set(record.r, (intents.get(record.r) ?? new Set()).add(`${e} ${s}`));
      },
    });
    expect(witnessed.filter((line) => !hashes.has(line))).toEqual([]);
    expect([...intents].filter(([, records]) => records.size !== 1)).toEqual([]);
    // The last life may have ended in the middle of a write, which nobody has cut off yet.
    expect(reading.damage.filter(({ kind }) => kind !== "torn" && kind !== "lag")).toEqual([]);
    expect(reading.epochs).toHaveLength(1);
  },
  Math.max(240_000, KILLS * 2000),
);
