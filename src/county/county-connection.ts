/**
 * One connection to the county, from CONNECT to its end: subscribe, `init`, birth, `ready`, then
 * records as fast as the county acknowledges them. Order and meaning: docs/formats/county-link.md.
 */
import { connect, type MqttClient } from "mqtt";
import {
  downFilter,
  HOST_STATE_TOPIC,
  parseCountyTopic,
  type UpChannel,
  upTopic,
} from "../../protocol/county-topics.ts";
import { openEnvelope, parseJson } from "../../protocol/envelope.ts";
import type {
  Ack,
  BoxConfig,
  BoxState,
  HostState,
  Signed,
} from "../../protocol/generated/types.ts";
import { isAck, isBoxConfig, isCommand, isHostState } from "../../protocol/generated/validators.js";
import { ConfigTaker } from "./config-taker.ts";
import type { CountyLinkOptions } from "./county-ports.ts";
import type { CountyTime } from "./county-time.ts";
import { makeBirth, makeTelemetry } from "./facts.ts";
import { GapAsker } from "./gap-asker.ts";
import { mqttOptions, SILENCE_MAX_MS } from "./mqtt-options.ts";
import {
  type Contradiction,
  contradictionIn,
  countBacklog,
  noteAcknowledged,
  noteAppended,
  noteHost,
  noteTime,
  type Outbox,
  openOutbox,
} from "./outbox.ts";
import { ReceiptKeeper } from "./receipt-keeper.ts";
import { RecordSender } from "./record-sender.ts";

const TELEMETRY_MS = 300_000;
/** A screen that changes often is told at most this often. */
const SCREEN_MS = 2000;
const TICK_MS = 1000;
/** How long a clean stop waits for the broker to have taken `offline`. */
const STOP_MS = 1500;

export interface ConnectionEnd {
  readonly why: string;
  /** The county's wish for how far reconnects are spread; null: not heard. */
  readonly windowMs: number | null;
}

export class CountyConnection {
  readonly ended: Promise<ConnectionEnd>;
  readonly #options: CountyLinkOptions & { readonly time: CountyTime };
  readonly #link: number;
  readonly #client: MqttClient;
  readonly #sender: RecordSender;
  readonly #config: ConfigTaker;
  readonly #receipts: ReceiptKeeper;
  readonly #gaps: GapAsker;
  readonly #undo: (() => void)[] = [];
  #outbox: Outbox;
  #host: HostState | null = null;
  #offsetMs: number | null = null;
  #stateCount = 0;
  #ready = false;
  #lastHeardAtMs: number;
  #lastTelemetryAtMs: number;
  #screenChanged = false;
  #leaving = false;
  #why = "closed";

  constructor(options: CountyLinkOptions & { readonly time: CountyTime }, link: number) {
    this.#options = options;
    this.#link = link;
    this.#outbox = openOutbox(options.register.epochs());
    this.#lastHeardAtMs = options.clock.bootMs();
    this.#lastTelemetryAtMs = this.#lastHeardAtMs;
    this.#config = new ConfigTaker(options);
    this.#receipts = new ReceiptKeeper(options);
    this.#gaps = new GapAsker({ ...options, onFilled: () => void this.#startOver() });
    this.#undo.push(
      () => this.#receipts.stop(),
      () => this.#gaps.stop(),
      // From now on: what is written while the connection is made must be told too (O8).
      options.register.onAppend(({ e, s }) => this.#update(noteAppended(this.#outbox, e, s))),
    );
    this.#sender = new RecordSender(options, (text) => this.#publish("rec", text, 1));
    const will = { st: "lost", link, n: 0, ts: null } as const;
    this.#client = connect(options.enrolment.broker, mqttOptions(options.enrolment, will));
    this.ended = this.#listen();
  }

  /** Says `offline`, waits a moment for the broker to have it, and goes. */
  async stop(): Promise<void> {
    this.#why = "stopped";
    if (this.#client.connected) {
      await Promise.race([this.#sayState("offline"), pause(STOP_MS)]);
    }
    await Promise.race([this.#client.endAsync(), pause(STOP_MS)]);
    this.#client.end(true);
  }

  #listen(): Promise<ConnectionEnd> {
    const client = this.#client;
    client.on("error", (error) => {
      this.#why = error.message || String(error);
      client.end(true);
    });
    client.on("packetreceive", () => {
      this.#lastHeardAtMs = this.#options.clock.bootMs();
    });
    client.on("message", (topic, payload) => this.#receive(topic, payload.toString("utf8")));
    client.once("connect", () => {
      this.#greet().catch((error: unknown) => {
        this.#why = String(error);
        client.end(true);
      });
    });
    return new Promise((resolve) => {
      client.once("close", () => {
        for (const undo of this.#undo.splice(0)) undo();
        client.end(true);
        resolve({ why: this.#why, windowMs: this.#host ? this.#host.windowS * 1000 : null });
      });
    });
  }

  async #greet(): Promise<void> {
    const { register, facts } = this.#options;
    await this.#client.subscribeAsync([downFilter(register.boxId), HOST_STATE_TOPIC], { qos: 1 });
    await this.#sayState("init");
    await this.#sayBirth();
    await this.#sayState("ready");
    this.#ready = true;
    this.#undo.push(
      facts.onScreen(() => {
        this.#screenChanged = true;
      }),
    );
    const timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#undo.push(() => clearInterval(timer));
    this.#update(this.#outbox);
  }

  async #sayBirth(): Promise<void> {
    const birth = await makeBirth(this.#options, { link: this.#link, outbox: this.#outbox });
    await this.#publish("birth", JSON.stringify(birth), 1);
  }

  async #sayState(st: BoxState["st"]): Promise<void> {
    this.#stateCount += 1;
    const ts = this.#options.clock.wallUnixMs();
    const state: BoxState = { st, link: this.#link, n: this.#stateCount, ts };
    await this.#publish("state", JSON.stringify(state), 1, true);
  }

  async #publish(channel: UpChannel, text: string, qos: 0 | 1, retain = false): Promise<void> {
    const topic = upTopic(this.#options.register.boxId, channel);
    await this.#client.publishAsync(topic, text, { qos, retain });
  }

  #receive(topic: string, text: string): void {
    const parsed = parseCountyTopic(topic);
    if (parsed?.kind === "host") this.#hearHost(text);
    else if (parsed?.kind === "down") this.#hear(parsed.channel, text);
  }

  #hearHost(text: string): void {
    const json = parseJson(text);
    if (!json || !isHostState(json.value)) return;
    const before = this.#host;
    const isNew = before?.hostEpoch !== json.value.hostEpoch || !before.on;
    this.#host = json.value;
    this.#outbox = noteHost(this.#outbox, json.value.hostEpoch);
    // Another start of the county, or of its database: what it told before may be lost (O1).
    if (before !== null && json.value.on && isNew && this.#ready) void this.#startOver();
    this.#update(this.#outbox);
  }

  async #startOver(): Promise<void> {
    this.#outbox = openOutbox(this.#options.register.epochs(), this.#host?.hostEpoch);
    await this.#sayBirth().catch(() => this.#client.end(true));
  }

  #hear(channel: "ack" | "cmd" | "cfg", text: string): void {
    const boxId = this.#options.register.boxId;
    const verify = (signed: Signed) => this.#verify(signed);
    if (channel === "ack") {
      const opened = openEnvelope(text, { check: isAck, boxId, verify });
      if (opened.ok) this.#hearAck(opened.message, text);
      else this.#options.log("ack not believed", { why: opened.why });
    } else if (channel === "cfg") {
      const opened = openEnvelope(text, { check: isBoxConfig, boxId, verify });
      if (opened.ok) this.#heedConfig(opened.message);
      else this.#options.log("config not believed", { why: opened.why });
    } else {
      const opened = openEnvelope(text, { check: isCommand, boxId, verify });
      if (opened.ok) this.#refuseCommand(opened.message.id, opened.message.cseq);
    }
  }

  #heedConfig(config: BoxConfig): void {
    this.#config.take(config);
    this.#gaps.hear(config.docsUrl);
  }

  #verify(signed: Signed): boolean | null {
    const key = this.#options.enrolment.keys.find(({ kid }) => kid === signed.kid);
    if (key === undefined) return null;
    return this.#options.verifier.verify(key.pem, Buffer.from(signed.m), signed.sig);
  }

  #hearAck(ack: Ack, text: string): void {
    const { clock, register, time, onTime } = this.#options;
    this.#offsetMs = ack.now - clock.wallUnixMs();
    const isOurs = ack.h === register.hashAt(ack.epoch, ack.upTo);
    const sample = isOurs ? time.acknowledged(ack, clock.bootMs()) : null;
    if (sample !== null) onTime(sample);
    this.#update(noteAcknowledged(this.#outbox, ack, (s) => register.hashAt(ack.epoch, s)));
    const why = contradictionIn(this.#outbox, register.epoch);
    if (why !== null) void this.#leaveEpoch(why);
    else void this.#receipts.hear(ack, text);
  }

  /** Two histories under one name: ours goes on under another one, and both are told (O6). */
  async #leaveEpoch(why: Contradiction): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    const { register, log } = this.#options;
    log("county holds another history", { ...why });
    try {
      await register.beginNewEpoch({ why: why.kind, epoch: why.epoch, s: why.s });
      await this.#startOver();
    } catch (error) {
      // The disk is full, or its like: the next acknowledgement brings us here again.
      log("no new epoch", { why: String(error) });
    } finally {
      this.#leaving = false;
    }
  }

  /** This version of the box knows no commands; it says so instead of being silent. */
  #refuseCommand(id: string, cseq: number): void {
    const ts = this.#options.clock.wallUnixMs();
    const result = { v: 1, id, cseq, st: "rejected", code: "unknown-op", ts } as const;
    void this.#publish("res", JSON.stringify(result), 1).catch(() => this.#client.end(true));
  }

  async #tick(): Promise<void> {
    const nowMs = this.#options.clock.bootMs();
    if (nowMs - this.#lastHeardAtMs > SILENCE_MAX_MS) {
      this.#why = "silent";
      this.#client.end(true);
      return;
    }
    this.#update(noteTime(this.#outbox, nowMs));
    const waitedMs = nowMs - this.#lastTelemetryAtMs;
    if (waitedMs < (this.#screenChanged ? SCREEN_MS : TELEMETRY_MS)) return;
    this.#lastTelemetryAtMs = nowMs;
    this.#screenChanged = false;
    const told = { backlog: countBacklog(this.#outbox), clockOffsetMs: this.#offsetMs };
    const telemetry = await makeTelemetry(this.#options, told);
    await this.#publish("tel", JSON.stringify(telemetry), 0).catch(() => {});
  }

  /** Keeps the new model, sends what it allows, and tells who watches. */
  #update(outbox: Outbox): void {
    this.#outbox = outbox;
    const reporting = this.#ready && this.#host?.on === true;
    if (reporting) {
      void this.#sender.drain({
        read: () => this.#outbox,
        write: (next) => {
          this.#outbox = next;
        },
      });
    }
    this.#options.onState({
      connected: this.#ready,
      reporting,
      backlog: countBacklog(outbox),
      clockOffsetMs: this.#offsetMs,
      forked: outbox.epochs.some(({ contradiction }) => contradiction !== null),
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
