/**
 * Goal: a box that was offline for weeks is emptied by MQTT, by a stick, or by both at once, and
 * the county counts every record once. Real county, real boxes, real files.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBoxKey } from "../../platform/node/node-box-key.ts";
import type { BoxDetail, ImportAnswer } from "../../protocol/console-api.ts";
import { makeFakeMachine, openFakeRegister } from "../support/open-fake-register.ts";
import { oneRoom, type Program, readyLine, startNode } from "../support/process.ts";
import {
  makeFolder,
  type RunningCounty,
  removeFolder,
  startCounty,
  stopCounty,
  until,
} from "./county-support.ts";

/** Sixty days with some sixty records a day. */
const RECORDS = 3600;

const folders: string[] = [];
const boxes: Program[] = [];
let county: RunningCounty;

beforeAll(async () => {
  county = await startCounty(newFolder());
});

afterAll(async () => {
  for (const box of boxes) {
    box.kill("SIGKILL");
    await box.ended;
  }
  await stopCounty(county);
  for (const folder of folders) removeFolder(folder);
});

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

interface OfflineBox {
  readonly data: string;
  readonly id: string;
  /** Records on its disk. */
  readonly count: number;
}

/** A box's folder after weeks without a network, enrolled by a stick. */
async function offlineBox(seed: number, count = RECORDS): Promise<OfflineBox> {
  const machine = makeFakeMachine(seed);
  const register = await openFakeRegister(machine);
  for (let n = 2; n < count; n += 1) {
    const detail = `第${n}条：${"收看".repeat(20)}`;
    await register.append({ k: "fault", d: { part: "test", code: "offline", detail } });
  }
  await register.close();
  const data = newFolder();
  for (const name of await machine.disk.list("register/A")) {
    const path = join(data, "register/A", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, (await machine.disk.read(`register/A/${name}`)) ?? "");
  }
  const enrolment = await county.enrol(register.boxId);
  writeFileSync(join(data, "county.json"), JSON.stringify(enrolment), { mode: 0o600 });
  return { data, id: register.boxId, count };
}

async function startBox({ data }: OfflineBox): Promise<void> {
  const program = startNode(["dist/box/box.mjs", "--data", data, "--port", "0"]);
  boxes.push(program);
  await readyLine(program);
}

/** What the box has, and what it wrote since it was started. */
function untilWhole({ id, count }: OfflineBox): Promise<BoxDetail> {
  return until(
    () => county.get<BoxDetail>(`/api/boxes/${id}`),
    ({ epochs: [epoch], backlog }) => (epoch?.upTo ?? 0) >= count && backlog === 0,
  );
}

async function exportOf({ data }: OfflineBox): Promise<{ file: string; fingerprint: string }> {
  const file = join(newFolder(), "register.orp");
  const { code, stdout } = await oneRoom("register", "export", "--data", data, "--out", file);
  expect(code).toBe(0);
  return { file, fingerprint: /[0-9a-f]{4}(-[0-9a-f]{4}){3}/.exec(stdout)?.[0] ?? "" };
}

async function post(bytes: Uint8Array, trust = ""): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${county.console}/api/import?trust=${trust}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${county.adminToken}`,
      "content-type": "application/octet-stream",
    },
    body: Buffer.from(bytes),
  });
  return { status: response.status, body: await response.json() };
}

test("sixty days offline are told by MQTT, each record once", async () => {
  const box = await offlineBox(1);
  await startBox(box);
  const { epochs, conflicts } = await untilWhole(box);
  expect(epochs).toHaveLength(1);
  expect(epochs[0]?.gaps).toEqual([]);
  expect(conflicts).toBe(0);
});

test("sixty days offline are brought by a file, once, however often it comes", async () => {
  const box = await offlineBox(2);
  await openBoxKey(join(box.data, "run/box-key.pem"));
  const { file, fingerprint } = await exportOf(box);
  const args = ["console", "import", file, "--data", join(county.data, "county")];
  const unknown = await oneRoom(...args);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain(fingerprint);
  const first = await oneRoom(...args, "--trust", fingerprint, "--json");
  expect(JSON.parse(first.stdout)).toMatchObject({
    box: box.id,
    records: RECORDS,
    fresh: RECORDS,
    conflicts: 0,
  });
  const again = await oneRoom(...args);
  expect(again.stdout).toContain(`文件里 ${RECORDS} 条，新收 0 条，已有 ${RECORDS} 条`);
  const { epochs, conflicts } = await county.get<BoxDetail>(`/api/boxes/${box.id}`);
  expect(epochs.map(({ upTo, gaps }) => ({ upTo, gaps }))).toEqual([{ upTo: RECORDS, gaps: [] }]);
  expect(conflicts).toBe(0);
});

test("a file that comes while MQTT delivers the same doubles nothing", async () => {
  const box = await offlineBox(3);
  const { publicKey } = await openBoxKey(join(box.data, "run/box-key.pem"));
  expect(publicKey).toMatch(/^[\w-]+$/);
  const { file, fingerprint } = await exportOf(box);
  const [, ...answers] = await Promise.all([
    startBox(box),
    post(readFileSync(file), fingerprint),
    post(readFileSync(file), fingerprint),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const fresh = answers.reduce((sum, { body }) => sum + (body as ImportAnswer).fresh, 0);
  expect(fresh).toBeLessThanOrEqual(RECORDS);
  const { epochs, conflicts } = await untilWhole(box);
  expect(epochs).toHaveLength(1);
  expect(epochs[0]?.gaps).toEqual([]);
  expect(conflicts).toBe(0);
});

test("a file that is cut off, altered, another county's, or nobody's is refused in words", async () => {
  const box = await offlineBox(4, 10);
  await openBoxKey(join(box.data, "run/box-key.pem"));
  const { file, fingerprint } = await exportOf(box);
  const whole = readFileSync(file);
  const at = whole.length - 20;
  const altered = Buffer.from(whole);
  altered[at] = (altered[at] ?? 0) ^ 1;
  const enrolled = whole.toString("latin1");
  const renamed = Buffer.from(enrolled.replace(box.id, "a".repeat(box.id.length)), "latin1");
  const foreign = Buffer.from(enrolled.replace(/"to":"..../, '"to":"0000'), "latin1");
  const codeOf = async (bytes: Uint8Array, trust = fingerprint) =>
    ((await post(bytes, trust)).body as { code?: string }).code;
  expect(await codeOf(whole.subarray(0, -1))).toBe("damaged");
  expect(await codeOf(whole.subarray(0, 300))).toBe("not-export");
  expect(await codeOf(altered)).toBe("damaged");
  expect(await codeOf(renamed)).toBe("damaged");
  expect(await codeOf(foreign)).toBe("other-county");
  expect(await codeOf(Buffer.from("{}\n"))).toBe("not-export");
  expect(await codeOf(Buffer.alloc(0))).toBe("not-export");
  expect(await codeOf(whole, "0000-0000-0000-0000")).toBe("key-unknown");
  expect(await codeOf(whole)).toBeUndefined();
  // The box lost its key, or somebody else signs in its name.
  const other = await offlineBox(4, 10);
  await openBoxKey(join(other.data, "run/box-key.pem"));
  await post(whole, fingerprint);
  expect(await codeOf(readFileSync((await exportOf(other)).file))).toBe("other-key");
  const { epochs } = await county.get<BoxDetail>(`/api/boxes/${box.id}`);
  expect(epochs.map(({ upTo }) => upTo)).toEqual([10]);
});
