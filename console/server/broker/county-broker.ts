/** The broker that the county uses: its own process, or one that somebody else runs. */
import { join } from "node:path";
import { writeDurableFile } from "../../../platform/node/node-durable-file.ts";
import type { Database } from "../database/database.ts";
import type { Counters } from "../ingest/counters.ts";
import type { BrokerAddress } from "../ingest/county-client.ts";
import { newSecret } from "../keys.ts";
import type { Log } from "../log.ts";
import { hashBoxPassword } from "../passwords.ts";
import { listAccounts } from "../store/box-store.ts";
import { COUNTY_USER } from "./messages.ts";
import { mosquittoAcl, mosquittoPasswords } from "./mosquitto-config.ts";
import { superviseBroker } from "./supervisor.ts";

export interface CountyBroker {
  /** How the county's own client reaches it. */
  readonly address: BrokerAddress;
  /** What boxes are told. */
  readonly publicUrl: string;
  readonly pid: () => number;
  onAccount(box: string, passwordSha256: string): Promise<void>;
  stop(): Promise<void>;
}

export interface EmbeddedBrokerOptions {
  readonly program: string;
  readonly host: string;
  readonly publicHost: string;
  readonly port: number;
  readonly database: Database;
  readonly counters: Counters;
  readonly log: Log;
}

/** @throws StartError */
export async function startOwnBroker(options: EmbeddedBrokerOptions): Promise<CountyBroker> {
  const { program, host, publicHost, port, database, counters, log } = options;
  const password = newSecret();
  const broker = await superviseBroker({
    program,
    host,
    port,
    countySha256: hashBoxPassword(password),
    log,
    async accounts() {
      const accounts = await listAccounts(database);
      return Object.fromEntries(accounts.map((account) => [account.id, account.password_sha256]));
    },
    onRefused: (why) => counters.count(`broker-${why}`, "broker"),
  });
  const ownHost = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return {
    address: { url: `mqtt://${urlHost(ownHost)}:${broker.port}`, user: COUNTY_USER, password },
    publicUrl: `mqtt://${urlHost(publicHost)}:${broker.port}`,
    pid: () => broker.pid(),
    onAccount: async (box, sha256) => broker.setAccount(box, sha256),
    stop: () => broker.stop(),
  };
}

export function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

export interface ExternalBrokerOptions {
  /** With the county's own user and password in it. */
  readonly url: string;
  /** Where the files for a Mosquitto are kept up to date; others ignore them. */
  readonly folder: string;
  readonly database: Database;
}

export async function useBroker(options: ExternalBrokerOptions): Promise<CountyBroker> {
  const url = new URL(options.url);
  const user = decodeURIComponent(url.username) || COUNTY_USER;
  const password = decodeURIComponent(url.password);
  url.username = "";
  url.password = "";
  const plain = url.href.replace(/\/$/, "");
  await writeMosquittoFiles(options);
  return {
    address: { url: plain, user, password },
    publicUrl: plain,
    pid: () => 0,
    onAccount: () => writeMosquittoFiles(options),
    stop: async () => {},
  };
}

/** The county's own line is added by who runs the broker: only they know its password. */
async function writeMosquittoFiles({ folder, database }: ExternalBrokerOptions): Promise<void> {
  const accounts = await listAccounts(database);
  const lines = accounts.map(({ id, mosquitto_hash: hash }) => ({ user: id, hash }));
  await writeDurableFile(join(folder, "passwords"), mosquittoPasswords(lines), { mode: 0o600 });
  await writeDurableFile(join(folder, "acl"), mosquittoAcl(), { mode: 0o600 });
}
