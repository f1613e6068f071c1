/** What the room is made of. The composition root joins these. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { Register } from "../register/register.ts";
import type { RoomDocuments } from "./documents.ts";
import type { SpotStore } from "./spot.ts";

export interface RoomOptions {
  readonly register: Register;
  readonly library: LessonLibrary;
  readonly documents: RoomDocuments;
  readonly spots: SpotStore;
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly site: SiteSettings;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

export interface SiteSettings {
  readonly name: string;
  readonly broadcasterWord: string;
  readonly scale: "standard" | "large" | "huge";
  readonly utcOffsetMinutes: number;
}

/** What the room is told about the county link, for the banner. */
export interface LinkFacts {
  /** Null: this box has no county yet. */
  readonly connected: boolean | null;
}
