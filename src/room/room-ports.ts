/** What the room is made of. The composition root joins these. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { DiskSpace } from "../../platform/ports/disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { TvPower } from "../../platform/ports/tv-power.ts";
import type { Contrast, LearnedKeys, RefreshPayload } from "../../protocol/generated/types.ts";
import type { SupplyState } from "../../protocol/page-api.ts";
import type { RoomScreen, TextScale } from "../../protocol/text-scale.ts";
import type { Register } from "../register/register.ts";
import type { RoomDocuments, RoomNotes } from "./documents.ts";
import type { SpotStore } from "./spot.ts";

export interface RoomOptions {
  readonly register: Register;
  readonly library: LessonLibrary;
  readonly documents: RoomDocuments;
  readonly notes: RoomNotes;
  readonly spots: SpotStore;
  readonly clock: Clock;
  /** Absent: a room whose TV says nothing. */
  readonly tv?: TvPower;
  readonly sha256: Sha256;
  readonly site: SiteSettings;
  readonly settings: SettingsStore;
  /** Name and version of the program. */
  readonly software: string;
  /** Lessons that the county supplies; absent: there is no county. */
  readonly supply?: RoomSupply;
  /** Room on the disk that holds the journal; null when it does not say. */
  space(): Promise<DiskSpace | null>;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

export interface RoomSupply {
  /** Of the county's catalogue, whether they are here or not; none when there is no county. */
  lessons(): readonly OfferedLesson[];
  /** Ids that were asked for at this TV and did not come yet. */
  wanted(): readonly string[];
  /** Fetched at the next occasion. Asking twice changes nothing. */
  want(id: string): Promise<void>;
  /** Null: no county supplies lessons here. */
  state(): SupplyState | null;
}

export interface OfferedLesson {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly title: string;
  readonly category: string;
  readonly initials: string;
  readonly durationMs: number;
  /** It is made for a newer program. */
  readonly isBeyond?: boolean;
}

export interface SiteSettings {
  readonly name: string;
  readonly broadcasterWord: string;
  readonly scale: TextScale;
  /** Null: nobody has said yet. */
  readonly screen: RoomScreen | null;
  readonly utcOffsetMinutes: number;
  /** Normal when nobody has said. */
  readonly contrast?: Contrast;
  readonly hasDigits?: boolean;
  readonly learnedKeys?: LearnedKeys;
  /** False: spoken prompts are switched off. */
  readonly voice?: boolean;
  /** False: this TV was never set up. */
  readonly setUp?: boolean;
}

/**
 * What was set at this TV and belongs to no county: a few bytes, replaced whole. Null when nothing
 * was set yet, or when it cannot be read any more: the page then asks again.
 */
export interface SettingsStore {
  load(): Promise<Uint8Array | null>;
  save(bytes: Uint8Array): Promise<void>;
}

/** What the room is told about the county link, for the banner. */
export interface LinkFacts {
  /** Null: this box has no county yet. */
  readonly connected: boolean | null;
}

/** What the last night brought, for the banner. */
export interface RefreshNews {
  /** County date on which it came. */
  readonly on: string;
  readonly mode: RefreshPayload["mode"];
  readonly added: number;
}

/** What the overnight refresh must know of the room. */
export interface RoomNight {
  /** County date and minute of the day; null when the clock is not sure. */
  readonly now: { readonly date: string; readonly minute: number } | null;
  /** A session is on. */
  readonly isBusy: boolean;
  /** Days of the plan that were not held yet. */
  readonly days: readonly { readonly date: string; readonly lessons: readonly string[] }[];
  readonly inUse: readonly { readonly id: string; readonly version: number }[];
}
