/**
 * Who is believed? From what a journal knows of its boots (`time-evidence.ts`) to the fixes that
 * count, the floor at each moment, and what the boots before and after leave open. Pure.
 */
import { type Bounds, carry, gapBetween, UNBOUNDED, widthOf } from "./time-bounds.ts";
import { type BootEvidence, CONFLICT_MS, type TimeFix } from "./time-evidence.ts";

/** A box that lay in a cupboard for longer must hear from its county first. */
export const TRUST_AHEAD_MS = 2 * 365 * 86_400_000;
/** NTP moves the floor when it is this close to the county. */
const AGREE_MS = 600_000;

/** A floor that stands from this boot time on. */
interface FloorStep {
  readonly mt: number;
  readonly floor: number;
}

/** What other boots leave open: at boot time 0, and at the last record. */
interface Outer {
  readonly startLo: number;
  readonly endHi: number;
}

/** What is known of one boot, once all that contradicts is sorted out. */
export interface JudgedBoot extends Outer {
  readonly evidence: BootEvidence;
  /** Of machines: county and NTP. */
  readonly strong: readonly TimeFix[];
  readonly operator: TimeFix | null;
  readonly floors: readonly FloorStep[];
  readonly conflict: boolean;
}

export type Verdict = "believed" | "below-floor" | "too-far" | "refuted";

const NOTHING: Outer = { startLo: UNBOUNDED.lo, endHi: UNBOUNDED.hi };

export function boundsOf({ mt0, wall0, unc }: TimeFix, ms: number): Bounds {
  return carry({ lo: wall0 - unc, hi: wall0 + unc }, mt0, ms);
}

/** T5: the fix that is least uncertain at this moment. */
export function bestOf(fixes: readonly TimeFix[], ms: number): TimeFix | null {
  return fixes.reduce<TimeFix | null>(
    (best, fix) =>
      best === null || widthOf(boundsOf(fix, ms)) < widthOf(boundsOf(best, ms)) ? fix : best,
    null,
  );
}

/** The floor that stood at this moment of the boot. */
export function floorAt({ floors }: Pick<JudgedBoot, "floors">, ms: number): number {
  return floors.reduce((low, { mt, floor }) => (mt <= ms && floor > low ? floor : low), -Infinity);
}

/** T2, T4: what one source says, against the floor alone. */
export function admit(fix: Omit<TimeFix, "mt0">, floor: number): Verdict {
  if (fix.wall0 + fix.unc < floor) return "below-floor";
  if (fix.source !== "county" && fix.wall0 - fix.unc > floor + TRUST_AHEAD_MS) return "too-far";
  return "believed";
}

/** @param boots in the order of the box's life */
export function judge(boots: readonly BootEvidence[]): JudgedBoot[] {
  const county = boots.map((boot) => believable(boot).filter(isCounty));
  const admitted = admitAll(boots, propagate(boots, county));
  const strong = admitted.map((boot) => boot.strong);
  const outer = propagate(boots, strong);
  return admitted.map((boot, index) => {
    const around = outer[index] ?? NOTHING;
    const refuted = boot.strong.some((fix) => isRefuted(fix, boot.evidence, around));
    return { ...boot, ...around, conflict: boot.conflict || refuted || disagree(boot.evidence) };
  });
}

function isCounty({ source }: TimeFix): boolean {
  return source === "county";
}

/** Two histories under one ordinal: nobody can say in which of them a fix was made. */
function believable({ bootIds, fixes }: BootEvidence): readonly TimeFix[] {
  return bootIds.length > 1 ? [] : fixes;
}

/** Carries what is known of each boot to those before and behind it; own fixes are left out. */
function propagate(
  boots: readonly BootEvidence[],
  fixes: readonly (readonly TimeFix[])[],
): Outer[] {
  const starts = carryForward(boots, fixes);
  const ends = carryBack(boots, fixes);
  return starts.map((startLo, index) => ({ startLo, endHi: ends[index] ?? UNBOUNDED.hi }));
}

function carryForward(
  boots: readonly BootEvidence[],
  fixes: readonly (readonly TimeFix[])[],
): number[] {
  let lo = UNBOUNDED.lo;
  return boots.map((boot, index) => {
    const startLo = Math.max(lo, builtFloor(boot));
    const own = bestOf(fixes[index] ?? [], boot.lastMs);
    const around = { lo: startLo, hi: startLo };
    lo = own === null ? carry(around, 0, boot.lastMs).lo : boundsOf(own, boot.lastMs).lo;
    return startLo;
  });
}

function carryBack(
  boots: readonly BootEvidence[],
  fixes: readonly (readonly TimeFix[])[],
): number[] {
  const ends: number[] = [];
  let hi = UNBOUNDED.hi;
  for (let index = boots.length - 1; index >= 0; index -= 1) {
    const lastMs = boots[index]?.lastMs ?? 0;
    ends[index] = hi;
    const own = bestOf(fixes[index] ?? [], 0);
    hi = own === null ? carry({ lo: hi, hi }, lastMs, 0).hi : boundsOf(own, 0).hi;
  }
  return ends;
}

/** The program was built before it ran. */
function builtFloor({ builds }: BootEvidence): number {
  return builds.reduce(
    (lo, { mt, builtAt }) => Math.max(lo, carry({ lo: builtAt, hi: builtAt }, mt, 0).lo),
    UNBOUNDED.lo,
  );
}

/** Walks through the box's life and lets every fix be judged by the floor of its moment. */
function admitAll(boots: readonly BootEvidence[], outer: readonly Outer[]): JudgedBoot[] {
  let floor = UNBOUNDED.lo;
  return boots.map((evidence, index) => {
    const judged = admitOne(evidence, floor, outer[index] ?? NOTHING);
    floor = floorAt(judged, Number.POSITIVE_INFINITY);
    return judged;
  });
}

function admitOne(evidence: BootEvidence, before: number, around: Outer): JudgedBoot {
  const floors: FloorStep[] = [
    { mt: UNBOUNDED.lo, floor: before },
    ...evidence.builds.map(({ mt, builtAt }) => ({ mt, floor: builtAt })),
  ];
  const fixes = [...believable(evidence)].sort((a, b) => a.mt0 - b.mt0);
  const context = { county: fixes.filter(isCounty), evidence, around };
  const verdicts = fixes.map((fix) => {
    const verdict = judgeFix(fix, floorAt({ floors }, fix.mt0), context);
    const moves = verdict === "believed" && movesFloor(fix, context.county);
    if (moves) floors.push({ mt: fix.mt0, floor: fix.wall0 - fix.unc });
    return verdict;
  });
  const believed = fixes.filter((_, index) => verdicts[index] === "believed");
  return {
    evidence,
    strong: believed.filter(({ source }) => source !== "operator"),
    operator: believed.find(({ source }) => source === "operator") ?? null,
    floors,
    conflict: verdicts.includes("refuted"),
    ...around,
  };
}

interface JudgeContext {
  /** The county's fixes in this boot. */
  readonly county: readonly TimeFix[];
  readonly evidence: BootEvidence;
  readonly around: Outer;
}

function judgeFix(fix: TimeFix, floor: number, context: JudgeContext): Verdict {
  const { county, evidence, around } = context;
  const admitted = admit(fix, floor);
  if (admitted === "below-floor" || isCounty(fix)) return admitted;
  if (isRefuted(fix, evidence, around)) return "refuted";
  // The county spoke later, and left room for this; or it spoke in this boot, and agrees.
  const confirmed = around.endHi < UNBOUNDED.hi || county.some((other) => isNear(other, fix));
  return confirmed ? "believed" : admitted;
}

function isNear(a: TimeFix, b: TimeFix): boolean {
  return Math.abs(a.wall0 - b.wall0 - (a.mt0 - b.mt0)) <= AGREE_MS;
}

/** T3 */
function movesFloor(fix: TimeFix, county: readonly TimeFix[]): boolean {
  if (isCounty(fix)) return true;
  return fix.source === "ntp" && county.some((other) => isNear(other, fix));
}

/** Contradicted by other boots. */
function isRefuted(fix: TimeFix, { lastMs }: BootEvidence, { startLo, endHi }: Outer): boolean {
  const start = gapBetween(boundsOf(fix, 0), { lo: startLo, hi: UNBOUNDED.hi });
  const end = gapBetween(boundsOf(fix, lastMs), { lo: UNBOUNDED.lo, hi: endHi });
  return Math.max(start, end) > CONFLICT_MS;
}

/** T5 */
function disagree({ fixes, bootIds }: BootEvidence): boolean {
  if (bootIds.length > 1) return true;
  const apart = (a: TimeFix, b: TimeFix) => gapBetween(boundsOf(a, b.mt0), boundsOf(b, b.mt0));
  return fixes.some((a, index) => fixes.slice(index + 1).some((b) => apart(a, b) > CONFLICT_MS));
}
