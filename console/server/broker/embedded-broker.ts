/**
 * The embedded MQTT broker: aedes with the access rules of `protocol/county-topics.ts`. Nothing in
 * it is kept: what is retained is published again by its owner after a restart.
 */
import { createServer, type Server, type Socket } from "node:net";
import { Aedes, type Client } from "aedes";
import {
  HOST_STATE_TOPIC,
  isBoxIdText,
  MESSAGE_BYTES_MAX,
  mayBoxPublish,
  mayBoxSubscribe,
} from "../../../protocol/county-topics.ts";
import { isBoxPassword } from "../passwords.ts";
import { COUNTY_USER } from "./messages.ts";
import { PacketGuard } from "./packet-guard.ts";

export interface Accounts {
  readonly countySha256: string;
  /** SHA-256 of the box's password; undefined: no such box. */
  boxSha256(box: string): string | undefined;
}

export interface EmbeddedBroker {
  /** @throws NodeJS.ErrnoException when it cannot listen */
  listen(host: string, port: number): Promise<number>;
  /** Cuts off whoever is connected under this name. */
  disconnect(box: string): void;
  close(): Promise<void>;
}

/** A client that names no keepalive, or more than this, is turned away: it could die unseen. */
const KEEPALIVE_MAX_S = 300;
/** One frozen reader may not hold up everybody's messages for longer. */
const DRAIN_MS = 20_000;
const CONNECT_MS = 20_000;
/** Boxes and a few tools; a county has at most 5,000 rooms on this broker. */
const SOCKETS_MAX = 6000;

export type TellRefusal = (who: string, why: string) => void;

/** MQTT 3.1.1 §3.2.2.3. */
const SERVER_UNAVAILABLE = 3;
const BAD_LOGIN = 4;

class Refusal extends Error {
  readonly returnCode: number;

  constructor(returnCode: number) {
    super(`refused with ${returnCode}`);
    this.returnCode = returnCode;
  }
}

export interface BrokerOptions {
  /**
   * Turn boxes away until the county listens and has said so: nothing is kept here, so a birth that
   * is said before would be said to nobody.
   */
  readonly onlyWithCounty?: boolean;
  readonly tellRefusal?: TellRefusal;
}

export async function createEmbeddedBroker(
  accounts: Accounts,
  { onlyWithCounty = false, tellRefusal = () => {} }: BrokerOptions = {},
): Promise<EmbeddedBroker> {
  const aedes = await Aedes.createBroker({
    keepaliveLimit: KEEPALIVE_MAX_S,
    drainTimeout: DRAIN_MS,
    connectTimeout: CONNECT_MS,
    maxClientsIdLength: 64,
  });
  const county = watchCounty(aedes);
  restrict(aedes, { accounts, tellRefusal, isOpen: () => !onlyWithCounty || county.isThere() });
  const names = new Map<string, Client>();
  aedes.on("clientReady", (client) => names.set(client.id, client));
  aedes.on("clientDisconnect", (client) => {
    if (names.get(client.id) === client) names.delete(client.id);
  });
  const server = createServer((socket) => admit(aedes, socket, tellRefusal));
  server.maxConnections = SOCKETS_MAX;
  return {
    listen: (host, port) => listen(server, host, port),
    disconnect: (box) => names.get(box)?.close(),
    close: () => close(aedes, server),
  };
}

/**
 * The county is there from its first word about itself, which follows its subscription, to its end.
 */
function watchCounty(aedes: Aedes): { isThere(): boolean } {
  let speaker: Client | null = null;
  aedes.on("publish", ({ topic }, client) => {
    // Only the county may publish there; the broker itself does for its will.
    if (topic === HOST_STATE_TOPIC && client !== null) speaker = client;
  });
  aedes.on("clientDisconnect", (client) => {
    if (client === speaker) speaker = null;
  });
  return { isThere: () => speaker !== null };
}

interface Rules {
  readonly accounts: Accounts;
  readonly tellRefusal: TellRefusal;
  isOpen(): boolean;
}

function restrict(aedes: Aedes, { accounts, tellRefusal, isOpen }: Rules): void {
  const roleOf = new WeakMap<Client, "county" | "box">();
  const refuse = (client: Client | null, why: string): Error => {
    tellRefusal(client?.id ?? "-", why);
    return new Error(why);
  };
  aedes.authenticate = (client, user, password, done) => {
    const role = authenticate(accounts, { id: client.id, user, password });
    if (role === null) {
      tellRefusal(client.id, "login");
      done(new Refusal(BAD_LOGIN), null);
      return;
    }
    if (role === "box" && !isOpen()) {
      done(new Refusal(SERVER_UNAVAILABLE), null);
      return;
    }
    roleOf.set(client, role);
    done(null, true);
  };
  aedes.authorizePublish = (client, packet, done) => {
    // No client: the broker itself, or a will whose owner was allowed to leave it.
    if (client === null || roleOf.get(client) === "county") return done(null);
    if (Buffer.byteLength(packet.payload) > MESSAGE_BYTES_MAX) {
      return done(refuse(client, "oversized"));
    }
    if (!mayBoxPublish(client.id, packet.topic)) return done(refuse(client, "foreign-topic"));
    done(null);
  };
  aedes.authorizeSubscribe = (client, subscription, done) => {
    const allowed =
      roleOf.get(client) === "county" || mayBoxSubscribe(client.id, subscription.topic);
    if (!allowed) tellRefusal(client.id, "foreign-filter");
    // A synchronous answer overflows the stack under load.
    setImmediate(() => done(null, allowed ? subscription : null));
  };
}

interface Login {
  readonly id: string;
  readonly user: string | undefined;
  readonly password: Buffer | undefined;
}

function authenticate(accounts: Accounts, { id, user, password }: Login): "county" | "box" | null {
  if (user === undefined || password === undefined) return null;
  if (user === COUNTY_USER) {
    return isBoxPassword(password, accounts.countySha256) ? "county" : null;
  }
  // The id stands in topics: one charset, and never another's name.
  if (!isBoxIdText(user) || user !== id) return null;
  const expected = accounts.boxSha256(user);
  return expected !== undefined && isBoxPassword(password, expected) ? "box" : null;
}

/** Hands the socket to the broker through a guard that sees every byte first. */
function admit(aedes: Aedes, socket: Socket, tellRefusal: TellRefusal): void {
  socket.setNoDelay(true);
  const guard = new PacketGuard();
  const emitRefusal = () => {
    tellRefusal("-", "packet-too-long");
    socket.destroy();
  };
  guardReads(socket, guard, emitRefusal);
  aedes.handle(socket);
}

/** Every chunk that the socket takes in passes here before anybody can read it. */
function guardReads(socket: Socket, guard: PacketGuard, refuse: () => void): void {
  const push = socket.push.bind(socket);
  socket.push = (chunk: Uint8Array | null, encoding?: BufferEncoding) => {
    if (chunk !== null && !guard.accepts(chunk)) {
      setImmediate(refuse);
      return false;
    }
    return push(chunk, encoding);
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

async function close(aedes: Aedes, server: Server): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
  await stopped;
}
