/**
 * A real county process for a test, an administrator's hand on it, and boxes that speak its
 * language.
 */
import { createPublicKey, verify } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import {
  downFilter,
  HOST_STATE_TOPIC,
  type UpChannel,
  upTopic,
} from "../../protocol/county-topics.ts";
import type {
  Ack,
  Birth,
  BoxConfig,
  BoxState,
  Enrolment,
  HostState,
  Signed,
} from "../../protocol/generated/types.ts";
import { type Program, readyLine, startNode } from "../support/process.ts";
import type { TestJournal } from "../unit/console/journal.ts";

export interface CountyFacts {
  readonly console: string;
  readonly broker: string;
  readonly adminToken: string;
}

export interface RunningCounty extends CountyFacts {
  readonly program: Program;
  readonly data: string;
  ask(method: string, path: string, body?: unknown): Promise<Response>;
  /** The answer's body, of a request that must succeed. */
  get<T>(path: string): Promise<T>;
  enrol(box: string): Promise<Enrolment>;
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "one-room-county-"));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export async function startCounty(data: string, ...more: string[]): Promise<RunningCounty> {
  const ports = more.includes("--port") ? [] : ["--port", "0", "--broker-port", "0"];
  const args = ["dist/console/main.mjs", "--data", join(data, "county"), ...ports, ...more];
  const program = startNode(args);
  const facts = await readyLine<CountyFacts>(program);
  const ask = (method: string, path: string, body?: unknown) => {
    const headers: Record<string, string> = { authorization: `Bearer ${facts.adminToken}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const text = body === undefined ? null : JSON.stringify(body);
    return fetch(new URL(path, facts.console), { method, headers, body: text });
  };
  return {
    ...facts,
    program,
    data,
    ask,
    async get<T>(path: string) {
      const response = await ask("GET", path);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async enrol(box) {
      const request = { box, name: `${box.slice(0, 3)}村收看室`, place: "城关镇" };
      const response = await ask("POST", "/api/boxes", request);
      return ((await response.json()) as { enrolment: Enrolment }).enrolment;
    },
  };
}

/** Ports of a running county, so that its next life is found where the last one was. */
export function samePorts(county: CountyFacts): string[] {
  return ["--port", new URL(county.console).port, "--broker-port", new URL(county.broker).port];
}

/** Ends it as a power cut does: all of its processes, at once. */
export async function killCounty(county: RunningCounty): Promise<void> {
  county.program.kill("SIGKILL");
  await county.program.ended;
}

export async function stopCounty(county: RunningCounty): Promise<number | null> {
  process.kill(county.program.pid, "SIGTERM");
  return county.program.ended;
}

/** Asks again until it fits; the test's time limit ends a vain wait. */
export async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

export interface TestBox {
  readonly client: MqttClient;
  readonly acks: Ack[];
  readonly configs: BoxConfig[];
  readonly hosts: HostState[];
  say(channel: UpChannel, payload: object | string | Buffer): Promise<unknown>;
  state(st: BoxState["st"], link: number, n: number): Promise<unknown>;
  send(journal: TestJournal, from: number, n: number): Promise<unknown>;
  untilAck(fits: (ack: Ack) => boolean): Promise<Ack>;
  untilConfig(fits: (config: BoxConfig) => boolean): Promise<BoxConfig>;
  untilHost(fits: (host: HostState) => boolean): Promise<HostState>;
  /** Breaks the link without a word. */
  vanish(): void;
  leave(): Promise<void>;
}

export async function connectBox(enrolment: Enrolment, link = 1): Promise<TestBox> {
  const { box, password, broker } = enrolment;
  const client = await connectAsync(broker, {
    clientId: box,
    username: box,
    password,
    protocolVersion: 4,
    reconnectPeriod: 0,
    will: {
      topic: upTopic(box, "state"),
      payload: Buffer.from(JSON.stringify({ st: "lost", link, n: 0, ts: null })),
      qos: 1,
      retain: true,
    },
  });
  client.on("error", () => {});
  const news = new EventEmitter();
  const acks: Ack[] = [];
  const configs: BoxConfig[] = [];
  const hosts: HostState[] = [];
  client.on("message", (topic, payload) => {
    const message = topic === HOST_STATE_TOPIC ? payload.toString() : open(enrolment, payload);
    const value = JSON.parse(message);
    if (topic === HOST_STATE_TOPIC) hosts.push(value);
    else (topic.endsWith("/ack") ? acks : configs).push(value);
    news.emit("heard");
  });
  await client.subscribeAsync([downFilter(box), HOST_STATE_TOPIC], { qos: 1 });
  const say: TestBox["say"] = (channel, payload) => {
    const raw = typeof payload === "string" || Buffer.isBuffer(payload);
    const retain = channel === "state";
    const text = raw ? payload : JSON.stringify(payload);
    return client.publishAsync(upTopic(box, channel), text, { qos: 1, retain });
  };
  async function next<T>(list: readonly T[], fits: (item: T) => boolean): Promise<T> {
    for (;;) {
      const found = list.find(fits);
      if (found !== undefined) return found;
      await once(news, "heard");
    }
  }
  return {
    client,
    acks,
    configs,
    hosts,
    say,
    state: (st, linkNumber, n) => say("state", { st, link: linkNumber, n, ts: null }),
    send: (journal, from, n) => say("rec", journal.batch(from, n)),
    untilAck: (fits) => next(acks, fits),
    untilConfig: (fits) => next(configs, fits),
    untilHost: (fits) => next(hosts, fits),
    vanish: () => client.stream.destroy(),
    leave: () => client.endAsync(),
  };
}

/** What the county signed, with the key that the box was given at enrolment. */
function open({ keys }: Enrolment, payload: Buffer): string {
  const { m, kid, sig } = JSON.parse(payload.toString()) as Signed;
  const pem = keys.find((key) => key.kid === kid)?.pem ?? "";
  const key = { key: createPublicKey(pem), dsaEncoding: "ieee-p1363" } as const;
  if (!verify("sha256", Buffer.from(m), key, Buffer.from(sig, "base64url"))) {
    throw new Error("the county's signature does not fit");
  }
  return m;
}

export function birthOf(journal: TestJournal, link = 1): Birth {
  const last = journal.records.at(-1);
  return {
    v: 1,
    link,
    software: "0.1.0",
    node: "v20.0.0",
    bootId: "boot-1",
    bootOrdinal: 3,
    uptimeMs: 60_000,
    journals: [
      {
        epoch: journal.epoch,
        first: 1,
        head: journal.records.length,
        hash: last?.h ?? "0".repeat(64),
        acked: 0,
      },
    ],
    cfgVersion: 1,
    rosterVersion: 1,
    disk: { freeBytes: 5_000_000_000, totalBytes: 8_000_000_000 },
    cache: { lessons: 3, ready: 2, bytes: 40_000_000 },
    clock: { wallUnixMs: 1_795_000_000_000, source: "ntp" },
    screen: { screen: "home", session: null, stage: null, title: null, atMs: null },
    damage: [],
  };
}
