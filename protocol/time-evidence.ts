/**
 * What a journal knows of time, boot by boot: how long each ran, and who said what the time was.
 * Collects only; `time-line.ts` judges. docs/formats/time.md.
 */
import type { RecordEnvelope } from "./generated/types.ts";

export type TimeSource = "operator" | "ntp" | "county";

/** "In this boot, boot time `mt0` was wall clock `wall0`, give or take `unc`." */
export interface TimeFix {
  readonly mt0: number;
  readonly wall0: number;
  readonly unc: number;
  readonly source: TimeSource;
}

export interface BootEvidence {
  readonly ordinal: number;
  /** Names of the boot; more than one: two histories share the ordinal. */
  readonly bootIds: readonly string[];
  /** Boot time of the last record. */
  readonly lastMs: number;
  /** Builds of the program that ran, and at which boot time each is first seen. */
  readonly builds: readonly { readonly mt: number; readonly builtAt: number }[];
  readonly fixes: readonly TimeFix[];
  /** The broadcaster was asked for the date in this boot, and has answered. */
  readonly asked: boolean;
}

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** One boot has a fix or two of each source; more than this is a clock gone mad. */
const FIXES_PER_BOOT_MAX = 32;
/** A wall clock that was called right when a record was written is right to this. */
const STAMP_UNC_MS = 60_000;
/** 1970 to 2200: what lies outside is no time of a box, and no date can be made of it. */
const UNIX_MS_MAX = 7_258_118_400_000;

export class TimeEvidence {
  readonly #boots = new Map<number, Changeable<BootEvidence>>();
  #version = 0;
  #newest = 0;

  /** Grows when something comes that may change what is known of an earlier moment. */
  get version(): number {
    return this.#version;
  }

  /** In the order of the box's life. */
  get boots(): BootEvidence[] {
    return [...this.#boots.values()].sort((a, b) => a.ordinal - b.ordinal);
  }

  boot(ordinal: number): BootEvidence | undefined {
    return this.#boots.get(ordinal);
  }

  /**
   * Takes in any record of the journal, in its order. Nonsense in it changes nothing.
   * @returns whether more is known now than that the newest boot ran on
   */
  note(record: RecordEnvelope): boolean {
    const before = this.#version;
    const boot = this.#bootOf(record.bt);
    boot.lastMs = Math.max(boot.lastMs, record.mt);
    if (record.ws === "county" || record.ws === "ntp") {
      const { mt: mt0, wt: wall0, ws: source } = record;
      this.#addStamp(boot, { mt0, wall0, unc: STAMP_UNC_MS, source });
    }
    if (record.v === 1) this.#noteKind(boot, record);
    return this.#version !== before || record.bt < this.#newest;
  }

  #noteKind(boot: Changeable<BootEvidence>, record: RecordEnvelope): void {
    if (record.k === "boot") this.#noteBoot(boot, record);
    else if (record.k === "time.fix") this.#noteFix(boot, record);
    else if (record.k === "time.set") this.#noteSet(boot, record);
  }

  #bootOf(ordinal: number): Changeable<BootEvidence> {
    const known = this.#boots.get(ordinal);
    if (known !== undefined) return known;
    const boot = { ordinal, bootIds: [], lastMs: 0, builds: [], fixes: [], asked: false };
    this.#boots.set(ordinal, boot);
    this.#newest = Math.max(this.#newest, ordinal);
    this.#version += 1;
    return boot;
  }

  #noteBoot(boot: Changeable<BootEvidence>, { mt, d }: RecordEnvelope): void {
    const { bootId, builtAt } = d as { readonly bootId?: unknown; readonly builtAt?: unknown };
    if (typeof bootId === "string" && !boot.bootIds.includes(bootId)) {
      boot.bootIds = [...boot.bootIds, bootId];
    }
    if (isUnixMs(builtAt)) boot.builds = [...boot.builds, { mt, builtAt }];
    this.#version += 1;
  }

  #noteFix(boot: Changeable<BootEvidence>, { bt, d }: RecordEnvelope): void {
    const fix = d as unknown as TimeFix & { readonly bt: number };
    // What a boot's clock showed can be known in that boot only.
    if (fix.bt === bt && (fix.source === "ntp" || fix.source === "county")) this.#add(boot, fix);
  }

  #noteSet(boot: Changeable<BootEvidence>, { bt, d }: RecordEnvelope): void {
    const set = d as unknown as Omit<TimeFix, "source"> & { bt: number; wall0: number | null };
    if (set.bt !== bt) return;
    boot.asked = true;
    this.#version += 1;
    if (set.wall0 === null) return;
    // The newest day counts: a broadcaster who erred may say so.
    boot.fixes = boot.fixes.filter(({ source }) => source !== "operator");
    this.#add(boot, { ...set, source: "operator" });
  }

  /** A stamp is worth keeping when nothing better is known, or when it contradicts what is. */
  #addStamp(boot: Changeable<BootEvidence>, stamp: TimeFix): void {
    const known = boot.fixes.filter(({ source }) => source !== "operator");
    if (known.length === 0 || !known.some((fix) => agrees(fix, stamp))) this.#add(boot, stamp);
  }

  #add(boot: Changeable<BootEvidence>, { mt0, wall0, unc, source }: TimeFix): void {
    if (!isUnixMs(wall0) || !isSpan(mt0) || !isSpan(unc)) return;
    if (boot.fixes.length >= FIXES_PER_BOOT_MAX) return;
    boot.fixes = [...boot.fixes, { mt0, wall0, unc, source }];
    this.#version += 1;
  }
}

function agrees(a: TimeFix, b: TimeFix): boolean {
  const apart = Math.abs(b.wall0 - a.wall0 - (b.mt0 - a.mt0));
  return apart <= a.unc + b.unc + CONFLICT_MS;
}

/** Two fixes of one boot that lie further apart than their uncertainties and this disagree. */
export const CONFLICT_MS = 120_000;

function isUnixMs(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= UNIX_MS_MAX;
}

function isSpan(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= UNIX_MS_MAX;
}
