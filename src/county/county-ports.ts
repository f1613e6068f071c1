/** What the county link needs of the rest of the box. The composition root joins them. */

import type { Clock } from "../../platform/ports/clock.ts";
import type { DurableCounter } from "../../platform/ports/durable-counter.ts";
import type { HttpClient } from "../../platform/ports/http-client.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { SignatureVerifier } from "../../platform/ports/signature.ts";
import type {
  BoxConfig,
  CacheState,
  DiskState,
  Enrolment,
  NoticeState,
  ScreenState,
  WallSource,
} from "../../protocol/generated/types.ts";
import type { Register } from "../register/register.ts";
import type { CountyTimeSample } from "./county-time.ts";

/** Facts that only the box knows, asked for when they are told. */
export interface BoxFacts {
  readonly software: string;
  readonly node: string;
  /** Public half of the box's own key. */
  readonly key: string;
  screen(): ScreenState;
  cache(): CacheState;
  disk(): Promise<DiskState>;
  memoryBytes(): number;
  clockSource(): WallSource;
  configVersion(): number;
  rosterVersion(): number;
  /** Null: no notices were ever sent here. */
  notices(): NoticeState | null;
  /** Called when the screen changes, so that the county sees it soon. */
  onScreen(listener: () => void): () => void;
}

export type DocumentKind = "roster" | "plan" | "method" | "notices";

/** Where settings and documents go that the county sent and signed. */
export interface CountySettings {
  /** SHA-256 of the document in use; null: none. */
  sha256Of(kind: DocumentKind): string | null;
  /** Resolves when it is durable and in use. False: it was not acceptable, and nothing changed. */
  takeDocument(kind: DocumentKind, bytes: Uint8Array): Promise<boolean>;
  takeConfig(config: BoxConfig): Promise<void>;
}

export interface CountyState {
  /** The broker answers. */
  readonly connected: boolean;
  /** The county's ingest answers too: what was sent is also kept. */
  readonly reporting: boolean;
  /** Records that the county does not have yet. */
  readonly backlog: number;
  /** County time minus the box's wall clock; null: never heard. */
  readonly clockOffsetMs: number | null;
  /** The county knows another history of this box. */
  readonly forked: boolean;
}

export interface CountyLinkOptions {
  readonly enrolment: Enrolment;
  readonly register: Pick<
    Register,
    | "boxId"
    | "bootOrdinal"
    | "epoch"
    | "epochs"
    | "read"
    | "hashAt"
    | "append"
    | "beginNewEpoch"
    | "onAppend"
    | "damage"
    | "gaps"
    | "fillGap"
  >;
  readonly facts: BoxFacts;
  readonly settings: CountySettings;
  readonly verifier: SignatureVerifier;
  readonly http: HttpClient;
  /** Grows with every connect: tells a late last will from a new one. */
  readonly linkCounter: DurableCounter;
  readonly sha256: Sha256;
  readonly clock: Clock;
  readonly random: Random;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
  onState(state: CountyState): void;
  /** What the county's clock showed, out of an acknowledgement. */
  onTime(sample: CountyTimeSample): void;
}
