/** Brings up the two halves on one machine, and makes them know each other. */
import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SAMPLE_LESSONS } from "../../console/supply/samples/lessons.ts";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { PLACES } from "../places.ts";
import { type CountyClient, openCountyClient } from "./county-client.ts";
import { bringSamples, type SampleData, sampleFolders, sampleNotice } from "./sample-data.ts";
import { publishSamples } from "./sample-origin.ts";
import { type Supervised, supervise } from "./supervise.ts";

export interface DemoFacts {
  /** With its token. */
  readonly page: string;
  readonly console: string;
  readonly consoleUser: string;
  readonly consolePassword: string;
  readonly broker: string;
  readonly origin: string;
  readonly data: string;
  readonly boxId: string;
}

export interface RunningDemo {
  readonly facts: DemoFacts;
  /** The same for a person. */
  readonly words: string;
  stop(): Promise<void>;
}

export interface DemoPlan {
  readonly data: string;
  tell(text: string): void;
  /** Resolves when the person has asked to stop. */
  readonly stopped: Promise<unknown>;
}

const USER = "admin";
const SITE = { name: "青石村收看室", place: "云岭县 柳河镇 青石村" };

/** Null: it was asked to stop before it was ready. @throws ProgramFailed */
export async function startDemo({ data, tell, stopped }: DemoPlan): Promise<RunningDemo | null> {
  const started: Supervised[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((program) => program.stop()));
  };
  try {
    const facts = await Promise.race([
      bringUp(data, tell, started),
      stopped.then((): null => null),
    ]);
    if (facts !== null) return { facts, words: toWords(facts), stop };
    await stop();
    return null;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  data: string,
  tell: (text: string) => void,
  started: Supervised[],
): Promise<DemoFacts> {
  tell("正在启动县控制台（数据库、消息服务）和播放盒…");
  const countyData = join(data, "county");
  const [county, { box, samples }] = await Promise.all([
    startCounty(countyData, started),
    startBox(join(data, "box"), started),
    publishSamples({ data, countyData, folders: await sampleFolders() }),
  ]);
  const boxId = String(box.ready.boxId);
  const facts = readCounty(county.ready);
  tell("正在登记播放盒、名册和课件…");
  const client = openCountyClient(facts.console, facts.adminToken);
  const consolePassword = makePassword();
  await client.setPassword(USER, "管理员", consolePassword);
  await enrol(client, { boxId, data: join(data, "box"), ...facts });
  await sendSamples(client, boxId, samples);
  await client.sendNotice(sampleNotice());
  await client.askRefresh(boxId);
  return {
    page: String(box.ready.page),
    console: facts.console,
    consoleUser: USER,
    consolePassword,
    broker: facts.broker,
    origin: facts.origin,
    data,
    boxId,
  };
}

async function startCounty(data: string, started: Supervised[]): Promise<Supervised> {
  const kept = readPorts(join(data, "run/demo-ports.json"));
  const args = (ports: DemoPorts) => [
    ...["--data", data, "--web", PLACES.consolePage],
    ...["--port", String(ports.console), "--broker-port", String(ports.broker)],
  ];
  const county = await supervise({
    name: "县控制台",
    file: PLACES.countyProgram,
    args: args(kept),
    argsAfter: (ready) => args(portsOf(ready)),
  });
  started.push(county);
  const ports = `${JSON.stringify(portsOf(county.ready))}\n`;
  await writeDurableFile(join(data, "run/demo-ports.json"), ports);
  return county;
}

interface DemoPorts {
  readonly console: number;
  readonly broker: number;
}

/** 0 at the first start: any free one, then kept, so that the box finds its county again. */
function readPorts(path: string): DemoPorts {
  if (!existsSync(path)) return { console: 0, broker: 0 };
  return JSON.parse(readFileSync(path, "utf8")) as DemoPorts;
}

function portsOf(ready: Record<string, unknown>): DemoPorts {
  const portOf = (url: unknown) => Number(new URL(String(url)).port);
  return { console: portOf(ready.console), broker: portOf(ready.broker) };
}

async function startBox(data: string, started: Supervised[]) {
  // One lesson comes as lessons come to a village: published, signed, fetched from the county.
  const samples = await bringSamples(data, { except: [SAMPLE_LESSONS.fire] });
  const box = await supervise({
    name: "播放盒",
    file: PLACES.boxProgram,
    args: ["--data", data, "--port", "0", "--tv", PLACES.tvPage],
  });
  started.push(box);
  return { box, samples };
}

function readCounty(ready: Record<string, unknown>) {
  return {
    console: String(ready.console),
    broker: String(ready.broker),
    origin: String(ready.origin ?? ready.console),
    adminToken: String(ready.adminToken),
  };
}

interface Enrolling {
  readonly boxId: string;
  readonly data: string;
  readonly broker: string;
  readonly console: string;
}

/** Once; again only when the county's addresses changed, because the old password ends with it. */
async function enrol(client: CountyClient, { boxId, data, ...county }: Enrolling): Promise<void> {
  const path = join(data, "county.json");
  if (existsSync(path)) {
    const known = JSON.parse(readFileSync(path, "utf8")) as { broker: string; console: string };
    if (known.broker === county.broker && known.console === county.console) return;
  }
  const { enrolment } = await client.enrol({ box: boxId, ...SITE });
  await writeDurableFile(path, `${JSON.stringify(enrolment)}\n`, { mode: 0o600 });
}

async function sendSamples(client: CountyClient, boxId: string, samples: SampleData) {
  for (const { sha256, manifest, material } of samples.lessons) {
    await client.putLesson(sha256, { manifest, material });
  }
  await client.putDocument(boxId, "method", samples.method);
  await client.putDocument(boxId, "roster", samples.roster);
  await client.putDocument(boxId, "plan", samples.plan);
}

/** Eight digits in two groups: read from one screen, typed on another. */
function makePassword(): string {
  const group = () => String(randomInt(10_000)).padStart(4, "0");
  return `${group()}-${group()}-${group()}`;
}

function toWords(facts: DemoFacts): string {
  return [
    "",
    `电视页面  ${facts.page}`,
    "          用方向键、回车（确定）、退格或 Esc（返回）",
    `县控制台  ${facts.console}`,
    `          用户 ${facts.consoleUser}  口令 ${facts.consolePassword}（每次启动换一个）`,
    `数据      ${facts.data}`,
    "按 Ctrl+C 停止。",
    "",
  ].join("\n");
}
