/** What the night keeper asks of the rest of the box, and what it says. */
import type { Clock } from "../../platform/ports/clock.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Timer } from "../../platform/ports/timer.ts";
import type { Stop } from "../fetch/stop.ts";
import type { PlanPolicy } from "../plan/plan-types.ts";
import type { RefreshOrder, RefreshResult } from "./refresher.ts";
import type { TwoGenerations } from "./two-generations.ts";
import type { RefreshMode, RefreshSettings } from "./when.ts";

export interface NightKeeperOptions {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly file: TwoGenerations;
  /** This box's place in the window, from 0 to 1. */
  readonly share: number;
  /** What the room knows at this moment. */
  facts(): NightFacts;
  /** @param sinceLastMs uptime since it was last asked for */
  refreshCatalogue(sinceLastMs: number): Promise<CatalogueReport>;
  refreshCache(order: RefreshOrder): Promise<RefreshResult>;
  /** Hashes a share of the cache from `after`; answers where it came to. */
  scrub(after: string, stop: Stop): Promise<string>;
  report(report: NightReport): Promise<void>;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** How the catalogue's metadata stands after it was asked for. */
export interface CatalogueReport {
  /** Null when it is up to date; else why it is not, in a word or two. */
  readonly trouble: string | null;
  /** It came, and was not to be believed. */
  readonly isRefused: boolean;
  /** May lessons be fetched of which nothing is here yet? */
  readonly mayInstall: boolean;
}

export interface NightFacts {
  /** Time of the county; null when the clock is not sure. */
  readonly now: { readonly date: string; readonly minute: number } | null;
  /** A session is on, or a film. */
  readonly isBusy: boolean;
  readonly settings: RefreshSettings;
  readonly days: PlanPolicy["days"];
  readonly inUse: PlanPolicy["inUse"];
}

export interface NightReport {
  readonly mode: RefreshMode;
  readonly tookMs: number;
  readonly result: RefreshResult;
  readonly catalogue: string | null;
  /** Until it looks again; null: when the room is quiet. */
  readonly nextInMs: number;
  /** It changed something, or failed in another way than the one before. */
  readonly isWorthTelling: boolean;
}

export interface NightStatus {
  readonly doneOn: string | null;
  /** The last run since the start. */
  readonly tried: { readonly agoMs: number; readonly end: RefreshResult["end"] } | null;
  /** Until it looks whether to begin; null: one is running. */
  readonly nextMs: number | null;
  readonly wanted: readonly string[];
}
