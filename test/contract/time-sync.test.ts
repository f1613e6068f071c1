import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FakeClock } from "../../platform/fake/fake-clock.ts";
import { FakeTimeSync } from "../../platform/fake/fake-time-sync.ts";
import { LinuxTimeSync } from "../../platform/linux/linux-time-sync.ts";
import type { SyncReading, TimeSync } from "../../platform/ports/time-sync.ts";

const folder = mkdtempSync(join(tmpdir(), "one-room-sync-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 2, 5, 0, 30);
const UPTIME = 3_600_000;
let roots = 0;

/** @param traces path and how long ago it was written */
function onMachine(traces: Readonly<Record<string, number>>): LinuxTimeSync {
  const root = join(folder, String(++roots));
  mkdirSync(root);
  for (const [path, agoMs] of Object.entries(traces)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
    utimesSync(join(root, path), (NOW - agoMs) / 1000, (NOW - agoMs) / 1000);
  }
  const clock = new FakeClock(NOW - UPTIME);
  clock.advance(UPTIME);
  return new LinuxTimeSync(clock, root);
}

const ADAPTERS: Record<string, (reading: SyncReading) => TimeSync> = {
  FakeTimeSync(reading) {
    const sync = new FakeTimeSync();
    sync.reading = reading;
    return sync;
  },
  LinuxTimeSync({ kind }) {
    if (kind === "synced") return onMachine({ "run/systemd/timesync/synchronized": 1000 });
    return onMachine(kind === "unknown" ? {} : { "run/systemd/timesync/other": 0 });
  },
};

describe.each(Object.entries(ADAPTERS))("%s", (_name, open) => {
  test("Y1, Y2, Y3: it says what there is to see, each time it is asked", async () => {
    for (const reading of [
      { kind: "synced", ageMs: 1000 },
      { kind: "not-synced" },
      { kind: "unknown" },
    ] as const) {
      const sync = open(reading);
      expect(await sync.read()).toEqual(reading);
      expect(await sync.read()).toEqual(reading);
      expect(await sync.hasBatteryClock()).toBe(false);
    }
  });
});

test("chrony's drift file counts when it was written in this boot, and only then", async () => {
  const fresh = onMachine({ "var/lib/chrony/drift": 600_000 });
  expect(await fresh.read()).toEqual({ kind: "synced", ageMs: 600_000 });
  const old = onMachine({ "var/lib/chrony/drift": UPTIME + 1000 });
  expect(await old.read()).toEqual({ kind: "unknown" });
});

test("a trace of the future gives no age", async () => {
  const sync = onMachine({ "run/systemd/timesync/synchronized": -5000 });
  expect(await sync.read()).toEqual({ kind: "synced", ageMs: null });
});

test("a machine with a battery clock says so", async () => {
  expect(await onMachine({ "sys/class/rtc/rtc0/name": 0 }).hasBatteryClock()).toBe(true);
});
