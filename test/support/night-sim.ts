/**
 * Boxes through days and nights, without a clock or a network: habits of power, lines, disks and a
 * catalogue that grows. The decisions are the real ones (`decideRefresh`, `plan`); only the bytes
 * are imagined.
 */
import { plan } from "../../media-cache/plan/plan.ts";
import type { FetchStep } from "../../media-cache/plan/plan-types.ts";
import {
  type CacheState,
  EMPTY_STATE,
  noteRun,
  noteUptime,
} from "../../media-cache/refresh/cache-state.ts";
import { DEFAULT_SETTINGS, decideRefresh } from "../../media-cache/refresh/when.ts";
import { CacheWorld, type WorldLesson } from "./cache-world.ts";

export type Habit =
  | "always-on"
  | "working-hours"
  | "evenings"
  | "study-days-only"
  | "unplugged-often";

export const HABITS: readonly Habit[] = [
  "always-on",
  "working-hours",
  "evenings",
  "study-days-only",
  "unplugged-often",
];

export interface SimBox {
  readonly habit: Habit;
  readonly lineKbps: number;
  readonly diskGb: number;
  /** False: no time from anywhere, ever. */
  readonly hasClock: boolean;
  readonly seed: number;
}

export interface SimOptions {
  readonly nights: number;
  /** Lessons that the county publishes over all the nights. */
  readonly lessons: number;
  readonly stepMinutes: number;
}

export interface BoxReport {
  readonly box: SimBox;
  readonly studyDays: number;
  readonly ready: number;
  /** Study days whose lesson line, hours and disk allow on paper. */
  readonly possible: number;
  readonly possibleReady: number;
  /** Wrong at any moment: below the reserve after fetching, or a study day's lesson evicted. */
  readonly faults: readonly string[];
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 5);
const STUDY_EVERY_DAYS = 7;
const STUDY_FROM = 9 * 60;
const STUDY_TO = 11 * 60;
/** The county plans four weeks ahead. */
const PLAN_DAYS = 28;
const RESERVE_BYTES = 512 * 1024 * 1024;

export function makeChance(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const LINES = [256, 512, 1000, 2000, 4000, 8000, 20_000];
const DISKS = [4, 8, 16, 32, 64];

export function makeBoxes(count: number, seed: number): SimBox[] {
  const chance = makeChance(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  return Array.from({ length: count }, (_, at) => ({
    habit: HABITS[at % HABITS.length] as Habit,
    lineKbps: pick(LINES),
    diskGb: pick(DISKS),
    hasClock: chance() > 0.1,
    seed: seed * 1000 + at,
  }));
}

const dateOf = (day: number) => new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
const isStudyDay = (day: number) => day % STUDY_EVERY_DAYS === 3;

/**
 * The same county for all boxes: 60 to 260 MB a lesson. In pieces of 40 MB, five times what
 * packages have: a year of nights is quicker so, and no decision depends on it.
 */
export function makeCatalogue(lessons: number): WorldLesson[] {
  const chance = makeChance(77);
  return Array.from({ length: lessons }, (_, at) => {
    const bytes = 60e6 + chance() * 200e6;
    const pieces = Math.ceil(bytes / 40e6);
    const files = Array.from({ length: pieces }, (__, piece) => ({
      sha256: `${at}-${piece}`,
      bytes: Math.round(bytes / pieces),
      tier: piece === 0 ? ("browse" as const) : ("play" as const),
    }));
    return {
      id: `l${at}`,
      version: 1,
      manifest: `m${at}`,
      files,
      priority: Math.floor(chance() * 3),
    };
  });
}

const sizeOf = ({ files }: WorldLesson) => files.reduce((sum, { bytes }) => sum + bytes, 0);

class Simulation {
  readonly #box: SimBox;
  readonly #options: SimOptions;
  readonly #catalogue: readonly WorldLesson[];
  readonly #chance: () => number;
  readonly #world = new CacheWorld();
  readonly #faults: string[] = [];
  #state: CacheState = EMPTY_STATE;
  #steps: FetchStep[] = [];
  /** Bytes of a blob that has come in part. */
  #carry = 0;
  #nightChance = 0;
  /** On-paper bytes of each day so far. */
  readonly #paper: number[] = [];

  constructor(box: SimBox, options: SimOptions, catalogue: readonly WorldLesson[]) {
    this.#box = box;
    this.#options = options;
    this.#catalogue = catalogue;
    this.#chance = makeChance(box.seed);
    this.#world.freeBytes = box.diskGb * 1e9 * 0.9;
    this.#world.reserveBytes = Math.max(RESERVE_BYTES, box.diskGb * 1e8);
  }

  run(): BoxReport {
    const counts = { studyDays: 0, ready: 0, possible: 0, possibleReady: 0 };
    for (let day = 0; day < this.#options.nights; day += 1) {
      this.#beginDay(day);
      for (let minute = 0; minute < 1440; minute += this.#options.stepMinutes) {
        if (isStudyDay(day) && minute === STUDY_FROM) this.#judge(day, counts);
        if (this.#isOn(day, minute)) this.#step(day, minute);
      }
    }
    return { box: this.#box, ...counts, faults: this.#faults };
  }

  #beginDay(day: number): void {
    const { lessons, nights } = this.#options;
    const published = Math.ceil(((day + PLAN_DAYS) / (nights + PLAN_DAYS)) * lessons);
    this.#world.published = this.#catalogue.slice(0, published);
    this.#world.today = this.#box.hasClock ? dateOf(day) : null;
    this.#world.days = Array.from({ length: PLAN_DAYS }, (_, ahead) => day + ahead)
      .filter(isStudyDay)
      .map((at) => ({ date: dateOf(at), lessons: [this.#lessonOf(at)?.id ?? ""] }));
    this.#steps = [];
    this.#nightChance = this.#chance();
    this.#paper[day] = this.#paperBytes(day);
  }

  /** Known since four weeks before. */
  #lessonOf(day: number): WorldLesson | undefined {
    const { lessons, nights } = this.#options;
    return this.#catalogue[Math.floor((Math.max(0, day) / (nights + PLAN_DAYS)) * lessons)];
  }

  #isOn(day: number, minute: number): boolean {
    const atStudy = isStudyDay(day) && minute >= STUDY_FROM - 60 && minute < STUDY_TO + 60;
    switch (this.#box.habit) {
      case "always-on":
        return true;
      case "working-hours":
        return minute >= 8 * 60 && minute < 18 * 60;
      case "evenings":
        return atStudy || (minute >= 18 * 60 && minute < 22 * 60);
      case "study-days-only":
        return atStudy;
      default:
        // Somebody pulls the plug for whole days, in no order.
        return atStudy || ((day * 2_654_435_761 + this.#box.seed * 40_503) >>> 5) % 3 !== 0;
    }
  }

  /** What the caps allow on that day when everything goes well. */
  #paperBytes(day: number): number {
    const { window, nightlyBytes } = DEFAULT_SETTINGS;
    const isNight = (minute: number) =>
      this.#box.hasClock && minute >= window.fromMinute && minute < window.toMinute;
    const free = minutesOfDay(this.#options).filter(
      (minute) => this.#isOn(day, minute) && !isBusy(day, minute),
    );
    const night = free.filter(isNight).length * this.#stepBytes(1);
    const byDay = free.filter((minute) => !isNight(minute)).length * this.#stepBytes(0.25);
    return Math.min(nightlyBytes, night > 0 ? night : byDay);
  }

  #stepBytes(share: number): number {
    const kbps = Math.min(this.#box.lineKbps, DEFAULT_SETTINGS.maxKbps * share);
    return kbps * 125 * 60 * this.#options.stepMinutes;
  }

  #judge(
    day: number,
    counts: { studyDays: number; ready: number; possible: number; possibleReady: number },
  ): void {
    const lesson = this.#lessonOf(day);
    if (lesson === undefined) return;
    const isReady = this.#world.held.has(lesson.manifest) && this.#world.isWhole(lesson);
    const since = this.#paper.slice(Math.max(0, day - PLAN_DAYS), day);
    // The weeks before have taken their own lessons' share of the line.
    const weeks = Math.ceil(since.length / STUDY_EVERY_DAYS);
    const bytes = since.reduce((sum, each) => sum + each, 0);
    const fits = this.#world.reserveBytes + 2.5 * sizeOf(lesson) < this.#box.diskGb * 1e9 * 0.9;
    const isPossible = fits && bytes >= 260e6 * Math.max(1, weeks) * 1.2;
    counts.studyDays += 1;
    if (isReady) counts.ready += 1;
    if (isPossible) counts.possible += 1;
    if (isPossible && isReady) counts.possibleReady += 1;
  }

  #step(day: number, minute: number): void {
    const stepMs = this.#options.stepMinutes * 60_000;
    this.#state = noteUptime(this.#state, stepMs);
    const { uptimeMs, uptimeSinceDoneMs, doneOn, night } = this.#state;
    const decision = decideRefresh({
      settings: DEFAULT_SETTINGS,
      now: this.#box.hasClock ? { date: dateOf(day), minute } : null,
      share: (this.#box.seed % 97) / 97,
      chance: this.#nightChance,
      quietMs: isBusy(day, minute) ? 0 : stepMs * 2,
      untouchedMs: Infinity,
      askDone: 0,
      sinceFailedMs: null,
      ...{ uptimeMs, uptimeSinceDoneMs, doneOn, night },
    });
    if (decision.kind === "sleep") return;
    const rate = Math.min((this.#box.lineKbps * 1000) / 8, decision.bytesPerSecond);
    const seconds = Math.min(stepMs, decision.stopAfterMs) / 1000;
    const spent = this.#fetch(Math.min(rate * seconds, decision.budgetBytes));
    const date = this.#box.hasClock ? dateOf(day) : null;
    const isDone = this.#steps.length === 0;
    const { key, mode } = decision;
    const done = { on: mode === "night" ? key : date, ask: 0 };
    const note = { key, fetchedBytes: spent, ...(isDone ? { done } : {}) };
    this.#state = noteRun(this.#state, note);
  }

  /** Carries the plan out as far as the bytes go; answers how many were used. */
  #fetch(bytes: number): number {
    let left = bytes + this.#carry;
    this.#carry = 0;
    while (this.#steps.length > 0 || this.#replan()) {
      const [step] = this.#steps;
      const cost = step?.kind === "blob" ? step.bytes : 0;
      if (step === undefined || cost > left) {
        this.#carry = left;
        return bytes;
      }
      left -= cost;
      this.#take(step);
    }
    return Math.max(0, bytes - left);
  }

  #take(step: FetchStep): void {
    this.#steps.shift();
    for (const change of this.#world.changes({ ...EMPTY_PLAN, fetch: [step] })) change();
    // What the lesson is made of is known only now.
    if (step.kind === "manifest") this.#steps = [];
  }

  /** False: there is nothing to do. */
  #replan(): boolean {
    const planned = plan(this.#world.input());
    const next = nextStudyLessons(this.#world);
    for (const { lesson, why } of planned.evict) {
      if (lesson !== null && next.has(lesson) && why !== "superseded") {
        this.#faults.push(`evicted ${lesson}`);
      }
    }
    for (const change of this.#world.changes({ ...planned, fetch: [] })) change();
    this.#steps = [...planned.fetch];
    if (this.#world.freeBytes < 0) this.#faults.push("disk overfull");
    return this.#steps.length > 0;
  }
}

const EMPTY_PLAN = { keep: [], drop: [], fetch: [], evict: [], notes: [] };

function minutesOfDay({ stepMinutes }: SimOptions): number[] {
  return Array.from({ length: 1440 / stepMinutes }, (_, at) => at * stepMinutes);
}

function isBusy(day: number, minute: number): boolean {
  return isStudyDay(day) && minute >= STUDY_FROM && minute < STUDY_TO;
}

function nextStudyLessons(world: CacheWorld): Set<string> {
  return new Set(world.days.slice(0, 2).flatMap(({ lessons }) => lessons));
}

export function simulate(
  box: SimBox,
  options: SimOptions,
  catalogue: readonly WorldLesson[],
): BoxReport {
  return new Simulation(box, options, catalogue).run();
}
