/** What the routes of the API need from the rest of the county. */
import type { CountyClock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Counters } from "../ingest/counters.ts";
import type { CountySealingKey, SigningKey } from "../keys.ts";
import type { LiveEvents } from "../live-events.ts";
import type { Log } from "../log.ts";
import type { Origin } from "../origin/origin-keeper.ts";

export interface ApiContext {
  readonly database: Database;
  readonly clock: CountyClock;
  readonly events: LiveEvents;
  readonly counters: Counters;
  readonly key: SigningKey;
  readonly sealing: CountySealingKey;
  readonly log: Log;
  readonly adminToken: string;
  readonly utcOffsetMinutes: number;
  readonly lostDebounceMs: number;
  readonly origin: Origin;
  /** Folder of the built page. */
  readonly webFolder: string;
  isBrokerUp(): boolean;
  /** What boxes are told: where broker and console are found. */
  brokerUrl(): string;
  consoleUrl(): string;
  /** Base of the lessons' addresses. */
  originUrl(): string;
  /** After an account was made or changed. */
  onAccount(box: string, passwordSha256: string): Promise<void>;
  /** After something in the settings of a box, or of all, changed. */
  publishConfig(box: string | null): Promise<void>;
}
