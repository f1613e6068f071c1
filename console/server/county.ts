/** Joins the parts of the county and starts them in order; stops them in the opposite one. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import type { ApiContext } from "./api/context.ts";
import { createApi } from "./api/server.ts";
import type { CountyArguments } from "./arguments.ts";
import { publishConfigs } from "./box-config.ts";
import { type CountyBroker, startOwnBroker, urlHost, useBroker } from "./broker/county-broker.ts";
import { countyClock } from "./clock.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { type Database, openDatabase } from "./database/database.ts";
import { startEmbedded } from "./database/embedded.ts";
import { explainListenError } from "./free-port.ts";
import { journalChain } from "./ingest/chain.ts";
import { Counters } from "./ingest/counters.ts";
import { CountyClient } from "./ingest/county-client.ts";
import { Ingest } from "./ingest/ingest.ts";
import {
  type CountySealingKey,
  newSecret,
  openSealingKey,
  openSecret,
  openSigningKey,
  type SigningKey,
} from "./keys.ts";
import { LiveEvents } from "./live-events.ts";
import { errorText, type Log } from "./log.ts";
import { Origin, type OriginOptions } from "./origin/origin-keeper.ts";
import { putLesson } from "./store/doc-store.ts";
import { loseEveryone } from "./store/link-store.ts";
import { refoldOld } from "./store/refold.ts";

/** The line on stdout when everything is ready. */
export interface CountyReady {
  readonly ready: true;
  readonly kind: "county";
  readonly console: string;
  readonly broker: string;
  readonly origin: string;
  readonly adminToken: string;
  readonly data: string;
  readonly pid: number;
}

export interface County {
  readonly ready: CountyReady;
  stop(): Promise<void>;
}

const BROKER_PROGRAM = fileURLToPath(new URL("../broker/broker-process.mjs", import.meta.url));
const WEB_FOLDER = fileURLToPath(new URL("../console-web", import.meta.url));

/** What was started, last first; a start that fails half-way stops what it had. */
class Started {
  readonly #stops: (() => Promise<void>)[] = [];

  add(stop: () => Promise<void>): void {
    this.#stops.unshift(stop);
  }

  async stop(log: Log): Promise<void> {
    for (const stop of this.#stops.splice(0)) {
      await stop().catch((error) => log.warn("stop-failed", { why: errorText(error) }));
    }
  }
}

/** @throws StartError */
export async function startCounty(args: CountyArguments, log: Log): Promise<County> {
  const started = new Started();
  try {
    const ready = await startParts(args, log, started);
    return { ready, stop: () => started.stop(log) };
  } catch (error) {
    await started.stop(log);
    throw error;
  }
}

async function startParts(args: CountyArguments, log: Log, started: Started): Promise<CountyReady> {
  const folder = await openDataFolder(args.data);
  started.add(async () => folder.release());
  const key = await openSigningKey(folder.keys);
  const sealing = await openSealingKey(folder.keys);
  const database = await startDatabase({ args, folder, log, started });
  const counters = new Counters(log);
  const broker = await startBroker({ args, folder, log, started, database, counters });
  const parts = joinParts({ args, folder, log, database, broker, counters, key, sealing });
  const port = await listen(parts.api, args);
  started.add(() => parts.api.close());
  parts.urls.console = `http://${urlHost(args.publicHost)}:${port}`;
  started.add(() => parts.origin.stop());
  await parts.origin.start();
  started.add(() => parts.ingest.stop());
  const refolding = refoldOld(database, log);
  started.add(() => refolding.stop());
  started.add(() => parts.client.stop());
  await parts.client.start();
  return announce({ args, folder, broker, parts });
}

interface Context {
  readonly args: CountyArguments;
  readonly folder: DataFolder;
  readonly log: Log;
  readonly started: Started;
}

async function startDatabase({ args, folder, log, started }: Context): Promise<Database> {
  let url = args.databaseUrl;
  if (url === null) {
    const password = await openSecret(folder.keys, "database-password");
    const options = { folder: folder.pg, keys: folder.keys, password, log };
    const embedded = await startEmbedded(options);
    started.add(() => embedded.stop());
    url = embedded.url;
  }
  const database = await openDatabase(url, log);
  started.add(() => database.close());
  return database;
}

async function startBroker(
  context: Context & { readonly database: Database; readonly counters: Counters },
): Promise<CountyBroker> {
  const { args, folder, log, started, database, counters } = context;
  if (args.brokerUrl !== null) {
    return useBroker({ url: args.brokerUrl, folder: folder.mosquitto, database });
  }
  // Whoever was connected was connected to a broker that is no more.
  await loseEveryone(database, countyClock.nowMs());
  const { host, publicHost, brokerPort: port } = args;
  const options = { program: BROKER_PROGRAM, host, publicHost, port, database, counters, log };
  const broker = await startOwnBroker(options);
  started.add(() => broker.stop());
  return broker;
}

interface Parts {
  readonly api: FastifyInstance;
  readonly client: CountyClient;
  readonly ingest: Ingest;
  readonly adminToken: string;
  readonly origin: Origin;
  readonly urls: { console: string };
}

interface Ingredients {
  readonly args: CountyArguments;
  readonly folder: DataFolder;
  readonly log: Log;
  readonly database: Database;
  readonly broker: CountyBroker;
  readonly counters: Counters;
  readonly key: SigningKey;
  readonly sealing: CountySealingKey;
}

function joinParts(ingredients: Ingredients): Parts {
  const { args, folder, log, database, broker, counters, key, sealing } = ingredients;
  const { utcOffsetMinutes, lostDebounceMs } = args;
  const clock = countyClock;
  const events = new LiveEvents();
  const urls = { console: "" };
  const adminToken = newSecret();
  const hostEpoch = randomBytes(8).toString("hex");
  const publish = (topic: string, payload: string, retain = false) =>
    client.publish(topic, payload, retain);
  const originUrl = () => args.originUrl ?? `${urls.console}/origin`;
  const configs = { database, key, clock, utcOffsetMinutes, docsUrl: () => urls.console, publish };
  const publishConfig = (box: string | null) =>
    publishConfigs({ ...configs, originUrl, originRoot: () => origin.root }, box);
  const publishAll = () =>
    void publishConfig(null).catch((error) =>
      log.warn("configs-not-published", { why: errorText(error) }),
    );
  const origin = openOrigin({
    ...{ args, folder, log, clock, onRoot: publishAll },
    onLessons: async (lessons) => {
      for (const lesson of lessons) await putLesson(database, { ...lesson, nowMs: clock.nowMs() });
    },
  });
  const onLost = (box: string) =>
    void setTimeout(() => events.boxChanged(box), lostDebounceMs + 500).unref();
  const ingest = new Ingest({
    ...{ database, chain: journalChain, key, hostEpoch, clock, counters, events, log, publish },
    onStorable: (storable) => client.setOn(storable),
    onLost,
    onErased: (box) => void publishConfig(box),
  });
  const client = new CountyClient({
    ...{ address: broker.address, hostEpoch, clock, log },
    onMessage: (topic, payload) => ingest.take(topic, payload),
    onReady: publishAll,
  });
  const context: ApiContext = {
    ...{ database, clock, events, counters, key, sealing, log, adminToken, origin },
    ...{ utcOffsetMinutes, lostDebounceMs, webFolder: args.webFolder ?? WEB_FOLDER },
    isBrokerUp: () => client.isUp,
    brokerUrl: () => broker.publicUrl,
    consoleUrl: () => urls.console,
    originUrl,
    onAccount: (box, sha256) => broker.onAccount(box, sha256),
    publishConfig,
  };
  return { api: createApi(context), client, ingest, origin, adminToken, urls };
}

interface OriginParts
  extends Pick<Ingredients, "args" | "folder" | "log">,
    Pick<OriginOptions, "clock" | "onRoot" | "onLessons"> {}

function openOrigin({ args, folder, ...parts }: OriginParts): Origin {
  return new Origin({
    ...parts,
    tree: args.originTree ?? join(folder.path, "origin"),
    keysFolder: args.originKeys ?? join(folder.keys, "catalogue"),
  });
}

async function listen(api: FastifyInstance, { host, port }: CountyArguments): Promise<number> {
  try {
    await api.listen({ host, port });
  } catch (error) {
    throw explainListenError({ what: "控制台", host, port }, error);
  }
  const address = api.server.address();
  return address !== null && typeof address === "object" ? address.port : port;
}

interface Announcement {
  readonly args: CountyArguments;
  readonly folder: DataFolder;
  readonly broker: CountyBroker;
  readonly parts: Parts;
}

/** Leaves the command line a note of where we are, readable by our own user only. */
async function announce({ args, folder, broker, parts }: Announcement): Promise<CountyReady> {
  const { adminToken, urls } = parts;
  const note = { url: urls.console, adminToken, pid: process.pid };
  await writeDurableFile(join(folder.run, "console.json"), `${JSON.stringify(note)}\n`, {
    mode: 0o600,
  });
  return {
    ready: true,
    kind: "county",
    console: urls.console,
    broker: broker.publicUrl,
    origin: args.originUrl ?? `${urls.console}/origin`,
    adminToken,
    data: args.data,
    pid: process.pid,
  };
}
