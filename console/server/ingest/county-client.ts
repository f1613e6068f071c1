/**
 * The county's own connection to its broker: a new client for each attempt, because the last will
 * is fixed in it, and a subscription to all that boxes send.
 */
import { connect, type MqttClient } from "mqtt";
import { HOST_STATE_TOPIC, INGEST_FILTER } from "../../../protocol/county-topics.ts";
import type { HostState } from "../../../protocol/generated/types.ts";
import type { CountyClock } from "../clock.ts";
import { errorText, type Log } from "../log.ts";
import { StartError } from "../start-error.ts";

export interface BrokerAddress {
  /** `mqtt://host:port`, without credentials. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface CountyClientOptions {
  readonly address: BrokerAddress;
  readonly hostEpoch: string;
  readonly clock: CountyClock;
  readonly log: Log;
  onMessage(topic: string, payload: Buffer): void;
  /** Subscribed; what is retained may be published again now. */
  onReady(): void;
}

/** Boxes come back within this many seconds after an outage, each at a random moment of it. */
const RETURN_WINDOW_S = 300;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5000;
const CONNECT_MS = 10_000;
/** A broker that does not answer by then is not there, or knows us not. */
const FIRST_READY_MS = 10_000;
const GOODBYE_MS = 800;

export class CountyClient {
  readonly #options: CountyClientOptions;
  #client: MqttClient | null = null;
  #stopping = false;
  #retryMs = RETRY_FIRST_MS;
  #retry: NodeJS.Timeout | null = null;
  #on = true;
  #lastError = "没有回答";
  #firstReady: () => void = () => {};
  isUp = false;

  constructor(options: CountyClientOptions) {
    this.#options = options;
  }

  /** Resolves when the first connection is ready. @throws StartError when there is none in time */
  async start(): Promise<void> {
    const ready = new Promise<"ready">((resolve) => {
      this.#firstReady = () => resolve("ready");
    });
    this.#connect();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), FIRST_READY_MS);
    });
    const outcome = await Promise.race([ready, late]);
    clearTimeout(timer);
    if (outcome === "ready") return;
    throw new StartError(
      "broker-unreachable",
      `连不上消息服务 ${this.#options.address.url}：${this.#lastError}。请检查地址、用户名和密码。`,
    );
  }

  #connect(): void {
    if (this.#stopping) return;
    const { address, log } = this.#options;
    const client = connect(address.url, {
      clientId: `county-${this.#options.hostEpoch}`,
      username: address.user,
      password: address.password,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      keepalive: 30,
      connectTimeout: CONNECT_MS,
      will: { ...this.#hostState(false), qos: 1, retain: true },
    });
    this.#client = client;
    client.on("message", (topic, payload) => this.#options.onMessage(topic, payload));
    client.on("error", (error) => {
      this.#lastError = errorText(error);
      log.warn("broker-link-error", { why: this.#lastError });
    });
    client.once("connect", () => void this.#onConnect(client));
    client.once("close", () => this.#onClose(client));
  }

  /** At least once, while the link lasts; nothing is kept for later: a box asks again by itself. */
  publish(topic: string, payload: string, retain = false): void {
    const client = this.#client;
    if (client === null || !this.isUp) return;
    client.publish(topic, payload, { qos: 1, retain }, (error) => {
      if (error) this.#options.log.warn("publish-failed", { topic, why: errorText(error) });
    });
  }

  /** Whether records can be stored now: boxes send them only while they can. */
  setOn(on: boolean): void {
    if (this.#on === on) return;
    this.#on = on;
    const { topic, payload } = this.#hostState(on);
    this.publish(topic, payload, true);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    const client = this.#client;
    if (client === null) return;
    if (this.isUp) await this.#sayGoodbye(client);
    await new Promise<void>((resolve) => client.end(true, {}, () => resolve()));
  }

  async #onConnect(client: MqttClient): Promise<void> {
    try {
      await client.subscribeAsync(INGEST_FILTER, { qos: 1 });
    } catch (error) {
      this.#options.log.warn("subscribe-failed", { why: errorText(error) });
      client.end(true);
      return;
    }
    if (this.#client !== client) return;
    this.isUp = true;
    this.#retryMs = RETRY_FIRST_MS;
    const { topic, payload } = this.#hostState(this.#on);
    this.publish(topic, payload, true);
    this.#options.onReady();
    this.#firstReady();
  }

  #onClose(client: MqttClient): void {
    if (this.#client !== client) return;
    this.isUp = false;
    client.end(true);
    if (this.#stopping) return;
    this.#retry = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
  }

  #hostState(on: boolean): { topic: string; payload: string } {
    const { hostEpoch, clock } = this.#options;
    const state: HostState = { on, hostEpoch, now: clock.nowMs(), windowS: RETURN_WINDOW_S };
    return { topic: HOST_STATE_TOPIC, payload: JSON.stringify(state) };
  }

  /** A clean end suppresses the will: the same word must be said before it. */
  async #sayGoodbye(client: MqttClient): Promise<void> {
    const { topic, payload } = this.#hostState(false);
    const said = client.publishAsync(topic, payload, { qos: 1, retain: true }).catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_MS);
    });
    await Promise.race([said, patience]);
    clearTimeout(timer);
  }
}
