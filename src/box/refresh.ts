/**
 * Joins the overnight refresh with the rest of the box: what the room knows goes in, what came of
 * it goes into the journal, to the county and onto the screen.
 */
import type { CatalogueLesson } from "../../media-cache/catalogue/catalogue.ts";
import { BlobFetcher } from "../../media-cache/fetch/blob-fetcher.ts";
import { CacheInventory } from "../../media-cache/refresh/inventory.ts";
import { NightKeeper } from "../../media-cache/refresh/night-keeper.ts";
import type {
  CatalogueReport,
  NightReport,
  NightStatus,
} from "../../media-cache/refresh/night-types.ts";
import { type RefreshCatalogue, refreshCache } from "../../media-cache/refresh/refresher.ts";
import { scrub } from "../../media-cache/refresh/scrub.ts";
import { TwoGenerations } from "../../media-cache/refresh/two-generations.ts";
import type { RefreshSettings } from "../../media-cache/refresh/when.ts";
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { HttpFetch } from "../../platform/ports/http-fetch.ts";
import type { PartDisk } from "../../platform/ports/part-disk.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { Timer } from "../../platform/ports/timer.ts";
import type { NightState, RefreshPayload } from "../../protocol/generated/types.ts";
import type { Register } from "../register/register.ts";
import type { Room } from "../room/room.ts";
import type { RefreshNews } from "../room/room-ports.ts";
import type { Log } from "./log.ts";
import { VERSION } from "./software.ts";

/** What the county publishes, and where its blobs lie. */
export interface BoxCatalogue extends RefreshCatalogue {
  lessons(): readonly CatalogueLesson[];
  refresh(uptimeSinceLastMs: number): Promise<CatalogueReport>;
  /** What was remembered of it was gone at the start, though the metadata was there. */
  readonly isLost: boolean;
  /** It has not grown for a week of nights. */
  isFrozen(): boolean;
  /** Base of the origin, without a slash at its end. */
  readonly origin: string;
}

export interface RefreshParts {
  /** Of the data folder. */
  readonly disk: Disk;
  readonly cacheDir: string;
  readonly blobs: BlobDisk;
  readonly parts: PartDisk;
  readonly http: HttpFetch;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly register: Pick<Register, "boxId" | "append">;
  readonly room: Pick<Room, "night" | "setNews" | "activity" | "onView">;
  readonly catalogue: BoxCatalogue;
  settings(): RefreshSettings;
  /** How the refresh stands is another way than before. */
  onChange(): void;
  onLessons(): Promise<void>;
  readonly log: Log;
}

export interface BoxRefresh {
  /** The last refresh of which there was something to tell. */
  last(): RefreshPayload | null;
  state(): NightState;
  /** When it may fetch. */
  window(): RefreshSettings["window"];
  /** What the catalogue lists. */
  offered(): readonly CatalogueLesson[];
  /** Asked for at the TV, and not here yet. */
  wanted(): readonly string[];
  want(id: string): Promise<void>;
  /** Settings, clock or plan are others now. */
  lookAgain(): void;
  stop(): Promise<void>;
}

/** The state file's folder, in the data folder. */
const STATE_FOLDER = "cache/state";

export async function startRefresh(parts: RefreshParts): Promise<BoxRefresh> {
  const { room, log, clock, timer, random, catalogue } = parts;
  let last: RefreshPayload | null = null;
  let news: RefreshNews | null = null;
  const keeper = new NightKeeper({
    ...{ clock, timer, random, log },
    file: new TwoGenerations(parts.disk, STATE_FOLDER),
    share: shareOf(parts),
    facts: () => ({ ...room.night(), settings: parts.settings() }),
    refreshCatalogue: (sinceLastMs) => catalogue.refresh(sinceLastMs),
    refreshCache: (order) => refreshCache(cacheOf(parts), order),
    scrub: async (after, stop) => {
      const { blobs: disk, sha256, cacheDir, onLessons } = parts;
      const { blobs } = await CacheInventory.scan({ disk, sha256, cacheDir });
      const found = await scrub(blobs, after, { disk, timer, stop, cacheDir });
      if (found.damaged.length > 0) await onLessons();
      return found.after;
    },
    report: async (report) => {
      if (report.isWorthTelling) {
        last = payloadOf(report);
        news = addNews(news, report, room.night().now?.date ?? null);
        room.setNews(news);
        await append(parts, { k: "refresh", d: last });
      }
      await alarms.look();
      parts.onChange();
    },
  });
  const alarms = new Alarms(parts);
  const deaf = [room.activity.on(() => keeper.noteActivity()), watchRoom(parts, keeper)];
  await alarms.look();
  await keeper.start();
  return {
    last: () => last,
    state: () => stateOf(keeper.status(), alarms.now()),
    window: () => parts.settings().window,
    offered: () => catalogue.lessons(),
    wanted: () => keeper.state.wanted,
    async want(id) {
      await keeper.noteWanted(id);
      keeper.lookAgain();
      parts.onChange();
    },
    lookAgain: () => keeper.lookAgain(),
    async stop() {
      for (const stop of deaf) stop();
      await keeper.stop();
    },
  };
}

/** A box's place in the window, from its id: the same every night, spread over the county. */
function shareOf({ sha256, register }: RefreshParts): number {
  const digest = sha256.digest(new TextEncoder().encode(register.boxId));
  return Number.parseInt(digest.slice(0, 8), 16) / 2 ** 32;
}

function cacheOf(parts: RefreshParts) {
  const { catalogue, http, blobs, parts: partDisk, sha256, timer, random, cacheDir } = parts;
  const fetcher = new BlobFetcher({ http, parts: partDisk, blobs, sha256, timer, cacheDir });
  const { host } = new URL(catalogue.origin);
  return {
    ...{ blobs, parts: partDisk, fetcher, sha256, timer, random, cacheDir, catalogue },
    playerVersion: VERSION,
    sources: [{ base: catalogue.origin, hosts: [host] }],
    space: () => parts.disk.space(),
    onChange: () => parts.onLessons(),
  };
}

const LESSONS_MAX = 50;
const FAILED_MAX = 20;

function payloadOf(report: NightReport): RefreshPayload {
  const { mode, tookMs, result, catalogue, nextInMs } = report;
  return {
    ...{ mode, tookMs: Math.round(tookMs), bytes: result.fetchedBytes, end: result.end },
    added: result.added.slice(0, LESSONS_MAX) as RefreshPayload["added"],
    ...mendedOf(result.mended),
    removed: result.removed.slice(0, LESSONS_MAX) as RefreshPayload["removed"],
    failed: result.failed.slice(0, FAILED_MAX) as RefreshPayload["failed"],
    nextMs: Math.round(nextInMs),
    ...(catalogue === null ? {} : { catalogue }),
  };
}

/** Absent where nothing was mended, as in records of before. */
function mendedOf(mended: readonly string[]): Pick<RefreshPayload, "mended"> {
  if (mended.length === 0) return {};
  return { mended: mended.slice(0, LESSONS_MAX) as NonNullable<RefreshPayload["mended"]> };
}

function stateOf(
  { doneOn, tried, nextMs, wanted }: NightStatus,
  alarms: NightState["alarms"],
): NightState {
  const told = tried === null ? null : { agoMs: Math.round(tried.agoMs), end: tried.end };
  return {
    ...{ doneOn, tried: told, nextMs: nextMs === null ? null : Math.round(nextMs), alarms },
    wanted: [...wanted] as NightState["wanted"],
  };
}

/** What is wrong with the catalogue beyond one night: told while it lasts, recorded once. */
class Alarms {
  readonly #parts: RefreshParts;
  #recorded: NightState["alarms"] = [];

  constructor(parts: RefreshParts) {
    this.#parts = parts;
  }

  now(): NightState["alarms"] {
    const { isLost, isFrozen } = this.#parts.catalogue;
    return [...(isFrozen() ? ["frozen" as const] : []), ...(isLost ? ["state-lost" as const] : [])];
  }

  async look(): Promise<void> {
    const alarms = this.now();
    for (const code of alarms) {
      if (this.#recorded.includes(code)) continue;
      this.#parts.log("catalogue alarm", { code });
      await append(this.#parts, { k: "fault", d: { part: "catalogue", code } });
    }
    this.#recorded = alarms;
  }
}

/** A night may come in several runs: a key press ends one. */
function addNews(before: RefreshNews | null, report: NightReport, on: string | null) {
  const added = report.result.added.length;
  if (on === null || added === 0) return before;
  if (before?.on !== on) return { on, mode: report.mode, added };
  return { ...before, added: before.added + added };
}

async function append(
  { register, log }: RefreshParts,
  record: Parameters<Register["append"]>[0],
): Promise<void> {
  try {
    await register.append(record);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    // The lessons are there all the same; that nothing can be written is on the screen already.
    log("not recorded", { record: record.k, why: error.message });
  }
}

/** A lesson of a session that begins is the last one used; a clock that was set may say: now. */
function watchRoom({ room }: RefreshParts, keeper: NightKeeper): () => void {
  let session: string | null = null;
  let isSure: boolean | null = null;
  return room.onView((view) => {
    if (isSure === false && view.clock.sure) keeper.lookAgain();
    isSure = view.clock.sure;
    const id = view.session?.id ?? null;
    if (id === session) return;
    session = id;
    for (const lesson of view.session?.lessons ?? []) void keeper.noteUse(lesson.id);
  });
}
