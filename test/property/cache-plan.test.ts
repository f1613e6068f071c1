/** P1 to P8 of docs/formats/cache.md, over worlds of any kind. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { plan } from "../../media-cache/plan/plan.ts";
import type { HeldLesson } from "../../media-cache/plan/plan-types.ts";
import { rankLessons } from "../../media-cache/plan/rank.ts";
import { CacheWorld, type WorldLesson } from "../support/cache-world.ts";

const DATES = ["2026-03-05", "2026-03-12", "2026-03-19", "2026-03-26"];
const IDS = ["a", "b", "c", "d", "e", "f", "g", "h"];

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

/** The first file of every third lesson is the same one: an opening that all films share. */
function makeLesson(id: string, version: number, bytes: readonly number[], isSharing: boolean) {
  const files = bytes.map((size, at) => ({
    sha256: `${id}${version}-${at}`,
    bytes: size,
    tier: at === 0 ? ("browse" as const) : ("play" as const),
  }));
  if (isSharing) files.push({ sha256: "shared", bytes: 20, tier: "play" });
  return { id, version, manifest: `m-${id}${version}`, files };
}

interface Options {
  readonly sharing: boolean;
}

const lessonPlan = (options: Options) =>
  fc.record({
    bytes: sizes,
    oldBytes: sizes,
    priority: fc.integer({ min: 0, max: 3 }),
    published: fc.boolean(),
    isSharing: fc.boolean().map((shares) => shares && options.sharing),
    held: fc.constantFrom("none", "old", "new", "both", "part"),
    use: fc.nat(5),
  });

const idList = fc.subarray(IDS, { maxLength: 3 });

const worlds = (options: Options = { sharing: true }) =>
  fc
    .record({
      lessons: fc.array(lessonPlan(options), { minLength: 1, maxLength: IDS.length }),
      free: fc.integer({ min: 0, max: 600 }),
      reserve: fc.integer({ min: 0, max: 50 }),
      pins: fc.subarray(IDS, { maxLength: 1 }),
      inUse: fc.subarray(IDS, { maxLength: 1 }),
      wanted: fc.subarray(IDS, { maxLength: 2 }),
      days: fc.array(fc.record({ date: fc.constantFrom(...DATES), lessons: idList }), {
        maxLength: 5,
      }),
      today: fc.constantFrom(null, "2026-03-01", "2026-03-12", "2026-04-01"),
      stray: fc.boolean(),
    })
    .map((spec) => {
      const world = new CacheWorld();
      const published: WorldLesson[] = [];
      for (const [at, each] of spec.lessons.entries()) {
        const lesson = fillIn(world, IDS[at] ?? "z", each);
        if (each.published) published.push({ ...lesson, priority: each.priority });
      }
      if (spec.stray) {
        world.blobs.set("stray", 30);
        world.parts.set("stray-part", 10);
      }
      world.published = published;
      world.pins.push(...spec.pins);
      world.wanted.push(...spec.wanted);
      world.inUse = spec.inUse.map((id) => ({ id, version: 2 }));
      world.days = spec.days;
      world.today = spec.today;
      world.freeBytes = spec.free;
      world.reserveBytes = spec.reserve;
      return world;
    });

interface LessonSpec {
  readonly bytes: readonly number[];
  readonly oldBytes: readonly number[];
  readonly isSharing: boolean;
  readonly held: string;
  readonly use: number;
}

/** Puts what is here of one lesson into the world; answers its newest version. */
function fillIn(world: CacheWorld, id: string, spec: LessonSpec): HeldLesson {
  const old = makeLesson(id, 1, spec.oldBytes, spec.isSharing);
  const now = makeLesson(id, 2, spec.bytes, spec.isSharing);
  if (spec.held === "old" || spec.held === "both") hold(world, old, old.files.length);
  if (spec.held === "new" || spec.held === "both") hold(world, now, now.files.length);
  if (spec.held === "part") hold(world, now, now.files.length >> 1);
  world.uses.set(id, spec.use);
  return now;
}

function hold(world: CacheWorld, lesson: HeldLesson, count: number): void {
  world.held.set(lesson.manifest, lesson);
  for (const { sha256, bytes } of lesson.files.slice(0, count)) world.blobs.set(sha256, bytes);
}

/** Of what is here: the version the library offers. */
function offered(world: CacheWorld, id: string): HeldLesson | undefined {
  const versions = [...world.held.values()].filter((lesson) => lesson.id === id);
  versions.sort(
    (a, b) => Number(world.isWhole(b)) - Number(world.isWhole(a)) || b.version - a.version,
  );
  return versions[0];
}

function nextIds(world: CacheWorld): Set<string> {
  const days = world.days.filter(({ date }) => world.today === null || date >= world.today);
  const dates = [...new Set(days.map(({ date }) => date))].sort().slice(0, 2);
  return new Set(days.filter(({ date }) => dates.includes(date)).flatMap(({ lessons }) => lessons));
}

const evictedBlobs = (world: CacheWorld) =>
  new Set(plan(world.input()).evict.flatMap(({ blobs }) => blobs.map(({ sha256 }) => sha256)));

test("P1: nothing that is pinned, in use or of the next two study days is evicted", () => {
  fc.assert(
    fc.property(worlds(), (world) => {
      const gone = evictedBlobs(world);
      const ids = [...world.pins, ...nextIds(world)];
      const kept = ids.flatMap((id) => offered(world, id)?.files ?? []);
      for (const { id, version } of world.inUse) {
        kept.push(...(world.held.get(`m-${id}${version}`)?.files ?? []));
      }
      return kept.every(({ sha256 }) => !gone.has(sha256));
    }),
    { numRuns: 500 },
  );
});

test("P2: when a plan is carried out the reserve is free, or nothing was fetched and nothing more may go", () => {
  fc.assert(
    fc.property(worlds(), (world) => {
      const planned = plan(world.input());
      for (const change of world.changes(planned)) change();
      const blobs = planned.fetch.filter(({ kind }) => kind === "blob");
      return world.freeBytes >= world.reserveBytes || blobs.length === 0;
    }),
    { numRuns: 500 },
  );
});

test("P10: nothing goes unless bytes are fetched or the reserve lacks them, and no more than that", () => {
  fc.assert(
    fc.property(worlds(), (world) => {
      const { fetch, drop, evict } = plan(world.input());
      const sizeOf = (names: readonly string[]) =>
        names.reduce((sum, name) => sum + (world.parts.get(name) ?? 0), 0);
      const blobs = fetch.flatMap((step) => (step.kind === "blob" ? [step] : []));
      const toCome = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
      const begun = sizeOf(blobs.map(({ sha256 }) => sha256));
      let lacking = world.reserveBytes + toCome - begun - world.freeBytes - sizeOf(drop);
      // Before each step there is still something lacking.
      return evict.every((step) => {
        const isNeeded = lacking > 0;
        for (const { bytes } of step.blobs) lacking -= bytes;
        return isNeeded;
      });
    }),
    { numRuns: 500 },
  );
});

test("P3: a whole current lesson goes only for one that ranks before it, or for the reserve", () => {
  fc.assert(
    fc.property(worlds(), (world) => {
      const input = world.input();
      const { evict, fetch } = plan(input);
      const ranks = new Map(rankLessons(input).map(({ lesson }, at) => [lesson.id, at]));
      const rank = (id: string | null) => ranks.get(id ?? "") ?? Number.POSITIVE_INFINITY;
      const best = Math.min(...fetch.map(({ lesson }) => rank(lesson)));
      /** What is free when all that went before it has gone: leftovers, and what ranks behind. */
      const freeBefore = (lesson: string | null) => {
        const gone = evict.filter(({ why, lesson: other }) => {
          return why !== "no-room" || rank(other) > rank(lesson);
        });
        const blobs = new Map(
          gone.flatMap((each) => each.blobs).map((blob) => [blob.sha256, blob]),
        );
        return [...blobs.values()].reduce((sum, { bytes }) => sum + bytes, world.freeBytes);
      };
      const isWhole = (id: string | null) => {
        const current = world.published.find((each) => each.id === id);
        return current !== undefined && world.isWhole(current);
      };
      return evict.every(({ lesson, why }) => {
        if (why !== "no-room" || !isWhole(lesson)) return true;
        return best < rank(lesson) || freeBefore(lesson) < world.reserveBytes;
      });
    }),
    { numRuns: 500 },
  );
});

/** Each round brings a manifest, or makes a lesson whole and lets its old version go. */
const roundsOf = (world: CacheWorld) => 2 * world.published.length + 2;

test("P4: carried out again and again, plans come to rest with nothing to do", () => {
  fc.assert(
    fc.property(worlds(), (world) => {
      const rounds = roundsOf(world);
      expect(world.settle(rounds + 1)).toBeLessThanOrEqual(rounds);
    }),
    { numRuns: 500 },
  );
});

test("P5: without a sure clock the plan does not depend on the dates of the days", () => {
  fc.assert(
    fc.property(worlds(), fc.integer({ min: 1, max: 27 }), (world, shift) => {
      world.today = null;
      const moved = world.copy();
      const shifted = (date: string) => `20${26 + shift}${date.slice(4)}`;
      moved.days = world.days.map((day) => ({ ...day, date: shifted(day.date) }));
      expect(plan(moved.input()).fetch).toEqual(plan(world.input()).fetch);
    }),
    { numRuns: 200 },
  );
});

test("P6: a superseded version stays until its successor is whole", () => {
  fc.assert(
    fc.property(worlds(), (world) => {
      const gone = evictedBlobs(world);
      return world.published.every((current) => {
        const before = offered(world, current.id);
        if (before === undefined || before.version === current.version) return true;
        return !world.isWhole(before) || before.files.every(({ sha256 }) => !gone.has(sha256));
      });
    }),
    { numRuns: 500 },
  );
});

test("P7: more free space takes no lesson away but for one that ranks before it", () => {
  fc.assert(
    fc.property(worlds(), fc.integer({ min: 1, max: 200 }), (world, more) => {
      const richer = world.copy();
      richer.freeBytes += more;
      const order = rankLessons(world.input()).map(({ lesson }) => lesson.id);
      const [less, plenty] = [world, richer].map((each) => new Set(plan(each.input()).keep));
      const first = order.find((id) => less?.has(id) !== plenty?.has(id));
      return first === undefined || plenty?.has(first) === true;
    }),
    { numRuns: 500 },
  );
});

test("P8: a crash at any step, and planning anew, ends with the same lessons", () => {
  fc.assert(
    fc.property(worlds({ sharing: false }), fc.nat(40), (world, steps) => {
      const crashed = world.copy();
      let left = steps;
      for (const change of crashed.changes(plan(crashed.input()))) {
        if (left === 0) break;
        change();
        left -= 1;
      }
      world.settle(40);
      crashed.settle(40);
      const kept = (each: CacheWorld) => plan(each.input()).keep;
      expect(kept(crashed)).toEqual(kept(world));
      for (const id of kept(crashed)) {
        const lesson = crashed.published.find((each) => each.id === id);
        expect(lesson !== undefined && crashed.isWhole(lesson)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
