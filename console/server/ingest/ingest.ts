/**
 * What boxes send becomes what the database holds. One worker: whatever arrives while a transaction
 * runs becomes the next one, so that under load many batches share one commit, and alone none
 * waits.
 *
 * An acknowledgement goes out after the commit only. What cannot be committed is not acknowledged;
 * the box sends it again.
 */
import { downTopic, MESSAGE_BYTES_MAX, parseCountyTopic } from "../../../protocol/county-topics.ts";
import { parseJson } from "../../../protocol/envelope.ts";
import { isBirth, isBoxState, isTelemetry } from "../../../protocol/generated/validators.js";
import type { CountyClock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { SigningKey } from "../keys.ts";
import type { LiveEvents } from "../live-events.ts";
import { errorText, type Log } from "../log.ts";
import { noteAlarms } from "../store/alarm-store.ts";
import { isBoxKnown } from "../store/box-store.ts";
import { putBirth, putState, putTelemetry } from "../store/link-store.ts";
import { noteNotices } from "../store/notice-store.ts";
import type { JournalCursor, JournalId } from "../store/record-store.ts";
import type { FoundAlarm } from "./birth-alarms.ts";
import { type Chain, type CheckedBatch, checkBatch } from "./check-batch.ts";
import { ackOf, type Committed, commitBatches, standingOf } from "./commit.ts";
import type { Counters } from "./counters.ts";
import type { ChainEnd } from "./other-history.ts";

export interface IngestOptions {
  readonly database: Database;
  readonly chain: Chain;
  readonly key: SigningKey;
  /** Names this start of the county in its acknowledgements. */
  readonly hostEpoch: string;
  readonly clock: CountyClock;
  readonly counters: Counters;
  readonly events: LiveEvents;
  readonly log: Log;
  publish(topic: string, payload: string): void;
  /** The database does, or does not, take records now. */
  onStorable(storable: boolean): void;
  /** A box vanished: its page must look again when the debounce is over. */
  onLost(box: string): void;
  /** A name was erased from the roster of a box: it is to be given the new one. */
  onErased(box: string): void;
}

interface Message {
  readonly box: string;
  readonly channel: "state" | "birth" | "tel" | "rec" | "res";
  readonly text: string;
}

/** What may wait in memory: more is dropped, and comes again. */
const WAITING_BYTES_MAX = 32 * 1024 * 1024;
/** Records of one transaction: enough to share its sync, few enough to stay quick. */
const GROUP_RECORDS_MAX = 1000;
const RETRY_MS = 500;

export class Ingest {
  readonly #options: IngestOptions;
  #waiting: Message[] = [];
  #waitingBytes = 0;
  #working: Promise<void> | null = null;
  #stopping = false;

  constructor(options: IngestOptions) {
    this.#options = options;
  }

  take(topic: string, payload: Buffer): void {
    const parsed = parseCountyTopic(topic);
    const why = parsed?.kind === "up" ? this.#faultOf(payload) : "foreign-topic";
    if (why !== null) this.#options.counters.count(why, topic.slice(0, 80));
    if (why !== null || parsed?.kind !== "up") return;
    // Empty and retained: the broker's way to forget a state. Nothing to learn from it.
    if (payload.length === 0) return;
    const { boxId: box, channel } = parsed;
    this.#waiting.push({ box, channel, text: payload.toString("utf8") });
    this.#waitingBytes += payload.length;
    this.#working ??= this.#work();
  }

  #faultOf(payload: Buffer): string | null {
    if (payload.length > MESSAGE_BYTES_MAX) return "oversized";
    return this.#waitingBytes > WAITING_BYTES_MAX ? "overload" : null;
  }

  /** Resolves when everything that was taken is dealt with. */
  async idle(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.idle();
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const messages = this.#waiting;
      this.#waiting = [];
      this.#waitingBytes = 0;
      try {
        await this.#deal(messages);
      } catch (error) {
        await this.#waitForDatabase(error);
      }
    }
    this.#working = null;
  }

  async #deal(messages: readonly Message[]): Promise<void> {
    const known = new Map<string, boolean>();
    let group: CheckedBatch[] = [];
    let records = 0;
    for (const message of messages) {
      if (!(await this.#isKnown(known, message.box))) continue;
      if (message.channel !== "rec") {
        await this.#dealOne(message);
        continue;
      }
      const batch = this.#check(message);
      if (batch === null) continue;
      group.push(batch);
      records += batch.records.length;
      if (records < GROUP_RECORDS_MAX) continue;
      await this.#commit(group);
      group = [];
      records = 0;
    }
    await this.#commit(group);
  }

  async #isKnown(known: Map<string, boolean>, box: string): Promise<boolean> {
    const answer = known.get(box) ?? (await isBoxKnown(this.#options.database, box));
    known.set(box, answer);
    if (!answer) this.#options.counters.count("unknown-box", box);
    return answer;
  }

  #check({ box, text }: Message): CheckedBatch | null {
    const check = checkBatch(box, text, this.#options.chain);
    if (check.ok) return check.batch;
    this.#options.counters.count(check.why, box);
    return null;
  }

  async #commit(group: readonly CheckedBatch[]): Promise<void> {
    if (group.length === 0) return;
    for (const done of await this.#commitOrPart(group)) this.#tellCommitted(done);
  }

  /** One batch that the database refuses must not hold up the others. */
  async #commitOrPart(group: readonly CheckedBatch[]): Promise<Committed[]> {
    const { database, clock, counters, log } = this.#options;
    try {
      return await commitBatches(database, group, clock.nowMs());
    } catch (error) {
      if (!(await database.isWell())) throw error;
      const [first] = group;
      if (group.length === 1 && first !== undefined) {
        counters.count("not-committed", first.box);
        log.warn("batch-not-committed", { box: first.box, why: errorText(error) });
        return [];
      }
    }
    const parts: Committed[] = [];
    for (const batch of group) parts.push(...(await this.#commitOrPart([batch])));
    return parts;
  }

  #tellCommitted(done: Committed): void {
    const { box, epoch, cursor, also, conflicts, sessions, erased } = done;
    const { events, log, onErased } = this.#options;
    if (erased) onErased(box);
    if (conflicts > 0) log.warn("conflict", { box, epoch, records: conflicts });
    this.#ack({ box, epoch }, cursor, also);
    events.boxChanged(box);
    for (const session of sessions) events.sessionChanged(box, session);
  }

  #ack(id: JournalId, cursor: JournalCursor, also: ChainEnd | null): void {
    const { key, publish, clock, hostEpoch } = this.#options;
    const ack = ackOf(id, { cursor, also, hostEpoch, nowMs: clock.nowMs() });
    publish(downTopic(id.box, "ack"), JSON.stringify(key.seal(ack)));
  }

  async #dealOne({ box, channel, text }: Message): Promise<void> {
    const value = parseJson(text)?.value;
    if (channel === "state") return this.#dealState(box, value);
    if (channel === "birth") return this.#dealBirth(box, value);
    if (channel === "tel") return this.#dealTelemetry(box, value);
    // Results of commands: nothing is commanded yet, so nothing can be due.
    this.#options.counters.count("unasked-result", box);
  }

  async #dealState(box: string, state: unknown): Promise<void> {
    const { database, clock, counters, events, onLost } = this.#options;
    if (!isBoxState(state)) return counters.count("bad-state", box);
    const nowMs = clock.nowMs();
    const isNew = await database.transaction((db) => putState(db, { box, state, nowMs }));
    if (!isNew) return;
    events.boxChanged(box);
    if (state.st === "lost") onLost(box);
  }

  async #dealBirth(box: string, birth: unknown): Promise<void> {
    const { database, clock, counters, events, log } = this.#options;
    if (!isBirth(birth)) return counters.count("bad-birth", box);
    const nowMs = clock.nowMs();
    let alarms: readonly FoundAlarm[] = [];
    const stands = await database.transaction(async (db) => {
      alarms = await noteAlarms(db, { box, birth, nowMs });
      await putBirth(db, { box, birth, nowMs });
      await noteNotices(db, { box, said: birth.notices, nowMs });
      return standingOf(db, box, birth);
    });
    for (const alarm of alarms) log.warn("alarm", { box, ...alarm });
    // The box learns for each of its journals where the county stands.
    for (const { epoch, cursor, also } of stands) this.#ack({ box, epoch }, cursor, also);
    events.boxChanged(box);
  }

  async #dealTelemetry(box: string, tel: unknown): Promise<void> {
    const { database, clock, counters, events } = this.#options;
    if (!isTelemetry(tel)) return counters.count("bad-telemetry", box);
    const nowMs = clock.nowMs();
    await putTelemetry(database, { box, tel, nowMs });
    await noteNotices(database, { box, said: tel.notices, nowMs });
    events.boxChanged(box);
  }

  /**
   * What was being dealt with is not acknowledged; the boxes keep it until the database is back,
   * and send it then. It may be back already: a restart is quicker than the question.
   */
  async #waitForDatabase(error: unknown): Promise<void> {
    const { database, log, onStorable } = this.#options;
    log.warn("database-away", { why: errorText(error) });
    if (await database.isWell()) return;
    onStorable(false);
    while (!this.#stopping && !(await database.isWell())) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    onStorable(true);
    log.info("database-back");
  }
}
