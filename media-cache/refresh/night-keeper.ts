/**
 * The overnight refresh runs by itself: looks when it is time, runs, remembers how far it came,
 * says what came of it, and looks again. A key press ends a run; what it fetched is kept.
 */
import type { Random } from "../../platform/ports/random.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { Wait } from "../../platform/ports/timer.ts";
import { Stop } from "../fetch/stop.ts";
import {
  type CacheState,
  EMPTY_STATE,
  noteRun,
  noteUptime,
  noteUse,
  noteWanted,
  readCacheState,
} from "./cache-state.ts";
import type { CatalogueReport, NightKeeperOptions, NightStatus } from "./night-types.ts";
import type { RefreshEnd, RefreshResult } from "./refresher.ts";
import { decideRefresh, type RefreshDecision, type RefreshFacts } from "./when.ts";

/** How often the uptime is put down, so that a cut costs little of it. */
const SAVE_EVERY_MS = 3_600_000;
/** Nobody waits longer than this for a decision: clock, county and plan may have changed. */
const LOOK_EVERY_MS = 600_000;

type Start = Extract<RefreshDecision, { kind: "start" }>;

export class NightKeeper {
  readonly #options: NightKeeperOptions;
  #state: CacheState = EMPTY_STATE;
  #isReadOnly = false;
  #quietSinceMs: number;
  #touchedAtMs: number | null = null;
  #tried: { readonly atMs: number; readonly end: RefreshEnd } | null = null;
  #uptimeAtMs: number;
  #savedAtMs: number;
  #failedAtMs: number | null = null;
  #chance: number;
  #run: Stop | null = null;
  #sleep: Wait | null = null;
  #ended = false;
  #loop: Promise<void> = Promise.resolve();
  #saving: Promise<void> = Promise.resolve();
  /** What was wrong with the last run; empty: nothing. */
  #lastTrouble = "";

  constructor(options: NightKeeperOptions) {
    this.#options = options;
    const nowMs = options.clock.bootMs();
    this.#quietSinceMs = nowMs;
    this.#uptimeAtMs = nowMs;
    this.#savedAtMs = nowMs;
    this.#chance = chanceOf(options.random);
  }

  get state(): CacheState {
    return this.#state;
  }

  status(): NightStatus {
    const { doneOn, wanted } = this.#state;
    const nowMs = this.#options.clock.bootMs();
    const tried = this.#tried;
    const next = this.#run === null ? decideRefresh(this.#facts()) : null;
    return {
      ...{ doneOn, wanted },
      tried: tried === null ? null : { agoMs: nowMs - tried.atMs, end: tried.end },
      nextMs: next?.kind === "sleep" ? next.ms : null,
    };
  }

  /** Reads the state, and begins to look after the nights. */
  async start(): Promise<void> {
    const { newest, damaged } = await this.#options.file.load();
    if (damaged > 0) this.#options.log("cache state damaged", { files: damaged });
    const reading = newest === null ? null : readCacheState(newest.body);
    if (reading?.kind === "good") this.#state = reading.state;
    this.#isReadOnly = reading?.kind === "newer";
    if (this.#isReadOnly) this.#options.log("cache state of a newer version: no refresh");
    else this.#loop = this.#look();
  }

  /** A key, a page, a film: somebody is there. */
  noteActivity(): void {
    this.#quietSinceMs = this.#options.clock.bootMs();
    this.#touchedAtMs = this.#quietSinceMs;
    this.#run?.stop();
  }

  /** Settings, clock or plan are others now: perhaps it is time. */
  lookAgain(): void {
    this.#sleep?.cancel();
  }

  noteUse(id: string): Promise<void> {
    return this.#save(noteUse(this.#state, id));
  }

  /** Asked for from the TV page: it is fetched at the next occasion. */
  noteWanted(id: string): Promise<void> {
    return this.#save(noteWanted(this.#state, id));
  }

  async stop(): Promise<void> {
    this.#ended = true;
    this.#run?.stop();
    this.#sleep?.cancel();
    await this.#loop;
    this.#countUptime();
    await this.#save(this.#state);
  }

  async #look(): Promise<void> {
    while (!this.#ended) {
      const decision = this.#decide();
      if (decision.kind === "start") await this.#refresh(decision);
      else await this.#rest(Math.min(decision.ms, LOOK_EVERY_MS));
    }
  }

  #decide(): RefreshDecision {
    this.#countUptime();
    return decideRefresh(this.#facts());
  }

  #facts(): RefreshFacts {
    const { clock, facts, share } = this.#options;
    const { now, isBusy, settings } = facts();
    const nowMs = clock.bootMs();
    const { uptimeMs, uptimeSinceDoneMs, doneOn, askDone, night } = this.#state;
    const untouchedMs = this.#touchedAtMs === null ? Infinity : nowMs - this.#touchedAtMs;
    return {
      ...{ settings, now, share, chance: this.#chance },
      quietMs: isBusy ? 0 : nowMs - this.#quietSinceMs,
      untouchedMs: isBusy ? 0 : untouchedMs,
      sinceFailedMs: this.#failedAtMs === null ? null : nowMs - this.#failedAtMs,
      ...{ uptimeMs, uptimeSinceDoneMs, doneOn, askDone, night },
    };
  }

  #countUptime(): void {
    const nowMs = this.#options.clock.bootMs();
    this.#state = noteUptime(this.#state, nowMs - this.#uptimeAtMs);
    this.#uptimeAtMs = nowMs;
  }

  async #rest(ms: number): Promise<void> {
    if (this.#options.clock.bootMs() - this.#savedAtMs >= SAVE_EVERY_MS)
      await this.#save(this.#state);
    this.#sleep = this.#options.timer.wait(ms);
    if (!this.#ended) await this.#sleep.over;
    this.#sleep = null;
  }

  async #refresh(start: Start): Promise<void> {
    const { clock, timer, random } = this.#options;
    const startedAt = clock.bootMs();
    const stop = new Stop();
    this.#run = stop;
    const limit = timer.wait(start.stopAfterMs);
    void limit.over.then(() => stop.stop());
    const { ask } = this.#options.facts().settings;
    const run = await this.#runOnce(start, stop).catch(failedRun);
    const { end } = run.result;
    this.#chance = chanceOf(random);
    this.#tried = { atMs: clock.bootMs(), end };
    const isEarly = !["done", "stopped", "over-budget"].includes(end);
    this.#failedAtMs = isEarly ? clock.bootMs() : null;
    this.#countUptime();
    await this.#save(this.#after({ ...start, ask }, run.result));
    await this.#tell(start, run, clock.bootMs() - startedAt);
    if (end === "done") await this.#scrub(stop);
    this.#run = null;
    limit.cancel();
  }

  async #scrub(stop: Stop): Promise<void> {
    try {
      const scrubAfter = await this.#options.scrub(this.#state.scrubAfter, stop);
      await this.#save({ ...this.#state, scrubAfter });
    } catch (error) {
      const { end } = failedDisk(error);
      this.#options.log("scrub ended", { why: end });
    }
  }

  async #runOnce(start: Start, stop: Stop): Promise<Run> {
    const report = await this.#askCatalogue();
    const { now, days, inUse } = this.#options.facts();
    const { pins, wanted, uses } = this.#state;
    const result = await this.#options.refreshCache({
      ...{ stop, bytesPerSecond: start.bytesPerSecond, budgetBytes: start.budgetBytes },
      today: now?.date ?? null,
      mayInstall: report.mayInstall,
      policy: { days, pins, inUse, wanted },
      uses: new Map(Object.entries(uses)),
    });
    return { result: { ...result, end: endOf(result, report) }, catalogue: report.trouble };
  }

  async #askCatalogue(): Promise<CatalogueReport> {
    this.#countUptime();
    const { uptimeMs, askedAtUptimeMs } = this.#state;
    const report = await this.#options.refreshCatalogue(uptimeMs - askedAtUptimeMs);
    await this.#save({ ...this.#state, askedAtUptimeMs: uptimeMs });
    const { trouble } = report;
    if (trouble !== null) this.#options.log("catalogue not refreshed", { why: trouble });
    return report;
  }

  #after(
    { key, mode, ask }: Start & { readonly ask: number },
    { end, fetchedBytes, added, mended }: RefreshResult,
  ): CacheState {
    const date = this.#options.facts().now?.date ?? null;
    const done = { on: mode === "night" ? key : date, ask };
    const wanted = this.#state.wanted.filter((id) => ![...added, ...mended].includes(id));
    const state = { ...this.#state, wanted };
    return noteRun(state, { key, fetchedBytes, ...(end === "done" ? { done } : {}) });
  }

  /** What changed nothing and says nothing new is not worth a record. */
  async #tell({ mode }: Start, { result, catalogue }: Run, tookMs: number): Promise<void> {
    const isNews = result.fetchedBytes > 0 || result.added.length > 0;
    const trouble = troubleOf(result);
    const isNewTrouble = trouble !== this.#lastTrouble && trouble !== "";
    this.#lastTrouble = trouble;
    const next = decideRefresh(this.#facts());
    const nextInMs = next.kind === "sleep" ? next.ms : 0;
    const isWorthTelling = isNews || isNewTrouble;
    await this.#options.report({ mode, tookMs, result, catalogue, nextInMs, isWorthTelling });
  }

  /** One at a time: two saves at once would write the same file. */
  #save(state: CacheState): Promise<void> {
    this.#state = state;
    this.#savedAtMs = this.#options.clock.bootMs();
    if (this.#isReadOnly) return Promise.resolve();
    this.#saving = this.#saving.then(() => this.#write());
    return this.#saving;
  }

  async #write(): Promise<void> {
    try {
      await this.#options.file.save(this.#state);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // The other generation stands; what is lost is a counter, never a lesson.
      this.#options.log("cache state not saved", { why: error.message });
    }
  }
}

interface Run {
  readonly result: RefreshResult;
  /** Why the catalogue is not up to date; null: it is. */
  readonly catalogue: string | null;
}

/** An old catalogue that has nothing more to give is not a night that is done. */
function endOf({ end }: RefreshResult, { trouble, isRefused }: CatalogueReport): RefreshEnd {
  if (end !== "done" || trouble === null) return end;
  return isRefused ? "bad-catalogue" : "unreachable";
}

/** A lesson that lacks something every night is told of once. */
function troubleOf({ end, failed }: RefreshResult): string {
  const isBad = !["done", "stopped"].includes(end);
  return isBad || failed.length > 0 ? JSON.stringify([isBad ? end : "", failed]) : "";
}

/** @throws what is no fault of a disk */
function failedRun(error: unknown): Run {
  return { result: failedDisk(error), catalogue: null };
}

function failedDisk(error: unknown): RefreshResult {
  if (!(error instanceof StorageError)) throw error;
  const end = error.code === "no-space" ? "no-space" : "disk-failed";
  return { end, fetchedBytes: 0, added: [], mended: [], removed: [], failed: [] };
}

function chanceOf(random: Random): number {
  const [a = 0, b = 0] = random.bytes(2);
  return (a * 256 + b) / 65_536;
}
