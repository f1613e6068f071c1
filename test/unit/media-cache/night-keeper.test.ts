/** The refresh that runs by itself: when it runs, what ends it, what it remembers and tells. */
import { expect, test } from "vitest";
import { NightKeeper } from "../../../media-cache/refresh/night-keeper.ts";
import type { NightFacts, NightReport } from "../../../media-cache/refresh/night-types.ts";
import type { RefreshOrder, RefreshResult } from "../../../media-cache/refresh/refresher.ts";
import { TwoGenerations } from "../../../media-cache/refresh/two-generations.ts";
import { DEFAULT_SETTINGS } from "../../../media-cache/refresh/when.ts";
import { FakeClock } from "../../../platform/fake/fake-clock.ts";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import { FakeRandom } from "../../../platform/fake/fake-random.ts";
import { FakeTimer } from "../../../platform/fake/fake-timer.ts";
import { StorageError } from "../../../platform/ports/storage-error.ts";

const MINUTE = 60_000;
const NOTHING: RefreshResult = {
  ...{ end: "done", fetchedBytes: 0, added: [], mended: [], removed: [], failed: [] },
};

/** A box in a night of 2026-03-05; its wall clock runs with the test's time. */
function setUp(disk = new FakeDisk(), startMinute = 0) {
  const clock = new FakeClock(Date.UTC(2026, 2, 5) + startMinute * MINUTE);
  const timer = new FakeTimer();
  const orders: RefreshOrder[] = [];
  const reports: NightReport[] = [];
  const set = {
    ...{ clock, timer, disk, orders, reports },
    facts: { isBusy: false } as Partial<NightFacts>,
    trouble: null as string | null,
    isRefused: false,
    sinceLast: [] as number[],
    results: [] as RefreshResult[],
    /** Instead of the next result: it goes on until it is stopped. */
    isEndless: false,
    isBroken: false,
    logged: [] as string[],
    keeper: undefined as unknown as NightKeeper,
    async advance(minutes: number) {
      for (let minute = 0; minute < minutes; minute += 1) {
        clock.advance(MINUTE);
        timer.advance(MINUTE);
        await settle();
      }
    },
  };
  const now = () => {
    const ms = clock.wallUnixMs();
    const date = new Date(ms).toISOString().slice(0, 10);
    return { date, minute: Math.floor((ms % 86_400_000) / MINUTE) };
  };
  set.keeper = new NightKeeper({
    ...{ clock, timer, random: new FakeRandom(9), share: 0 },
    file: new TwoGenerations(disk, "state"),
    facts: () => ({
      ...{ now: now(), isBusy: false, settings: DEFAULT_SETTINGS, days: [], inUse: [] },
      ...set.facts,
    }),
    refreshCatalogue: async (sinceLastMs) => {
      set.sinceLast.push(sinceLastMs);
      const { trouble, isRefused } = set;
      return { trouble, isRefused, mayInstall: trouble === null };
    },
    refreshCache: async (order) => {
      orders.push(order);
      if (set.isBroken) throw new StorageError("io", "blobs");
      if (!set.isEndless) return set.results.shift() ?? NOTHING;
      await new Promise<void>((resolve) => order.stop.onStop(resolve));
      return { ...NOTHING, end: "stopped", fetchedBytes: 5 };
    },
    scrub: async () => "scrubbed",
    report: async (report) => {
      if (report.isWorthTelling) reports.push(report);
    },
    log: (event) => set.logged.push(event),
  });
  return set;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

/** Has run to its end yesterday, so that only the night is due. */
async function settled() {
  const disk = new FakeDisk();
  const file = new TwoGenerations(disk, "state");
  await file.load();
  await file.save({ v: 1, uptimeSinceDoneMs: 1, doneOn: "2026-03-04" });
  const set = setUp(disk);
  await set.keeper.start();
  return set;
}

test("it runs once in the window, and again in the next night", async () => {
  const set = await settled();
  await set.advance(59);
  expect(set.orders).toHaveLength(0);
  await set.advance(11);
  expect(set.orders).toHaveLength(1);
  await set.advance(1439);
  expect(set.orders).toHaveLength(2);
  await set.keeper.stop();
});

test("a new box does not wait for the night: it trickles when the room is quiet", async () => {
  const set = setUp(new FakeDisk(), 9 * 60);
  await set.keeper.start();
  await set.advance(14);
  expect(set.orders).toHaveLength(0);
  await set.advance(2);
  expect(set.orders).toHaveLength(1);
  await set.keeper.stop();
});

test("a key press ends a run, what came is counted, and it goes on after a quiet quarter of an hour", async () => {
  const set = await settled();
  set.isEndless = true;
  await set.advance(75);
  expect(set.orders).toHaveLength(1);
  set.keeper.noteActivity();
  await settle();
  expect(set.orders[0]?.stop.stopped).toBe(true);
  expect(set.keeper.state.night).toEqual({ key: "2026-03-05", bytes: 5 });
  await set.advance(13);
  expect(set.orders).toHaveLength(1);
  await set.advance(12);
  expect(set.orders).toHaveLength(2);
  await set.keeper.stop();
});

test("the window's end ends a run", async () => {
  const set = await settled();
  set.isEndless = true;
  await set.advance(299);
  expect(set.orders[0]?.stop.stopped).toBe(false);
  await set.advance(12);
  expect(set.orders[0]?.stop.stopped).toBe(true);
  await set.keeper.stop();
});

test("while a session is on, nothing is fetched", async () => {
  const set = await settled();
  set.facts = { isBusy: true };
  await set.advance(240);
  expect(set.orders).toHaveLength(0);
  await set.keeper.stop();
});

test("what came of it is told: when something came, or when a new trouble ended it", async () => {
  const set = await settled();
  const failed = [{ lesson: "rice", why: "missing" }];
  set.results = [
    { ...NOTHING, end: "unreachable", failed },
    { ...NOTHING, end: "unreachable", failed },
    { ...NOTHING, fetchedBytes: 9, added: ["rice"] },
  ];
  await set.advance(200);
  expect(set.reports.map(({ mode, result }) => [mode, result.end, result.added])).toEqual([
    ["night", "unreachable", []],
    ["night", "done", ["rice"]],
  ]);
  expect(set.reports[0]?.nextInMs).toBe(15 * MINUTE);
  await set.keeper.stop();
});

test("a catalogue that could not be had is no night that is done", async () => {
  const set = await settled();
  set.trouble = "unreachable";
  await set.advance(70);
  expect(set.keeper.state.doneOn).toBe("2026-03-04");
  set.trouble = null;
  await set.advance(16);
  expect(set.keeper.state.doneOn).toBe("2026-03-05");
  await set.keeper.stop();
});

test("wishes, uses and uptime survive a restart; a wish that came true is forgotten", async () => {
  const set = await settled();
  await set.keeper.noteWanted("rice");
  await set.keeper.noteWanted("pest");
  await set.keeper.noteUse("old");
  set.results = [{ ...NOTHING, added: ["rice"], fetchedBytes: 1 }];
  await set.advance(70);
  await set.keeper.stop();
  const again = setUp(set.disk);
  await again.keeper.start();
  expect(again.keeper.state).toMatchObject({
    wanted: ["pest"],
    uses: { old: 1 },
    doneOn: "2026-03-05",
  });
  expect(again.keeper.state.uptimeMs).toBe(70 * MINUTE);
  await again.keeper.stop();
});

test("a state of a newer version is left alone, and nothing is refreshed", async () => {
  const disk = new FakeDisk();
  const file = new TwoGenerations(disk, "state");
  await file.load();
  await file.save({ v: 2, new: true });
  const before = disk.files.get("state/a.json");
  const set = setUp(disk);
  await set.keeper.start();
  await set.keeper.noteWanted("rice");
  await set.advance(100);
  await set.keeper.stop();
  expect(set.orders).toHaveLength(0);
  expect(disk.files.get("state/a.json")).toEqual(before);
  expect(disk.files.has("state/b.json")).toBe(false);
});

test("a disk that cannot be read ends the run, is told once, and is tried again", async () => {
  const set = await settled();
  set.isBroken = true;
  await set.advance(100);
  expect(set.reports.map(({ result }) => result.end)).toEqual(["disk-failed"]);
  set.isBroken = false;
  await set.advance(20);
  expect(set.keeper.state.doneOn).toBe("2026-03-05");
  await set.keeper.stop();
});

test("a disk that takes no state stops no refresh", async () => {
  const set = await settled();
  set.disk.plan({ atWrite: 1, kind: "no-space", kept: 0 });
  await set.advance(70);
  expect(set.orders).toHaveLength(1);
  expect(set.logged).toContain("cache state not saved");
  await set.keeper.stop();
});

const settings = (ask: number) => ({ settings: { ...DEFAULT_SETTINGS, ask } });

test("the county asks: it runs at once by day, once, when nobody has touched a key", async () => {
  const set = await settled();
  await set.advance(6 * 60);
  const before = set.orders.length;
  set.facts = settings(1);
  set.keeper.lookAgain();
  await settle();
  expect(set.orders).toHaveLength(before + 1);
  expect(set.orders.at(-1)?.bytesPerSecond).toBe(250_000);
  await set.advance(120);
  expect(set.orders).toHaveLength(before + 1);
  expect(set.keeper.state.askDone).toBe(1);
  await set.keeper.stop();
});

test("an asked refresh waits for a minute without keys, and goes on after one ended it", async () => {
  const set = await settled();
  await set.advance(6 * 60);
  const before = set.orders.length;
  set.isEndless = true;
  set.keeper.noteActivity();
  set.facts = settings(1);
  set.keeper.lookAgain();
  await settle();
  expect(set.orders).toHaveLength(before);
  await set.advance(2);
  expect(set.orders).toHaveLength(before + 1);
  set.keeper.noteActivity();
  set.isEndless = false;
  await set.advance(2);
  expect(set.orders).toHaveLength(before + 2);
  expect(set.keeper.state.askDone).toBe(1);
  await set.keeper.stop();
});

test("a catalogue that is not to be believed begins nothing new, and is told as what it is", async () => {
  const set = await settled();
  Object.assign(set, { trouble: "refused: timestamp expired", isRefused: true });
  await set.advance(75);
  expect(set.orders[0]?.mayInstall).toBe(false);
  expect(set.reports[0]).toMatchObject({
    result: { end: "bad-catalogue" },
    catalogue: set.trouble,
  });
  expect(set.keeper.status()).toMatchObject({
    tried: { end: "bad-catalogue" },
    doneOn: "2026-03-04",
  });
  await set.keeper.stop();
});

test("the uptime between two askings is counted, also over a restart", async () => {
  const set = await settled();
  await set.advance(70);
  await set.advance(1440);
  expect(set.sinceLast).toHaveLength(2);
  expect(set.sinceLast[1]).toBeGreaterThan(20 * 60 * MINUTE);
  await set.keeper.stop();
  const again = setUp(set.disk, 26 * 60);
  await again.keeper.start();
  await again.advance(60);
  expect(again.sinceLast[0] ?? 0).toBeLessThan(3 * 60 * MINUTE);
  await again.keeper.stop();
});

test("a lesson that lacks the same every night is told of once, another one anew", async () => {
  const set = await settled();
  const lacking = (why: string) => ({ ...NOTHING, failed: [{ lesson: "rice", why }] });
  set.results = [lacking("needs-upgrade"), lacking("needs-upgrade"), lacking("missing")];
  await set.advance(2 * 1440);
  expect(set.orders.length).toBeGreaterThanOrEqual(2);
  expect(set.reports).toHaveLength(1);
  await set.advance(1440);
  expect(set.reports.map(({ result }) => result.failed[0]?.why)).toEqual([
    "needs-upgrade",
    "missing",
  ]);
  await set.keeper.stop();
});
