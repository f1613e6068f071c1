import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FakeTvPower } from "../../platform/fake/fake-tv-power.ts";
import { LinuxTvPower, type RunProgram } from "../../platform/linux/linux-tv-power.ts";
import type { TvPower, TvReading } from "../../platform/ports/tv-power.ts";

const folder = mkdtempSync(join(tmpdir(), "one-room-tv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let roots = 0;

function onMachine(files: Readonly<Record<string, string>>, run: RunProgram): LinuxTvPower {
  const root = join(folder, String(++roots));
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return new LinuxTvPower(root, run);
}

const PLUGGED = { "sys/class/drm/card0-HDMI-A-1/status": "connected\n", "dev/cec0": "" };
const answers = (state: string): RunProgram => {
  return (_file, args) => {
    const asks = args.includes("--give-device-power-status");
    return Promise.resolve(asks ? `REPORT_POWER_STATUS (0x90):\n\tpwr-state: ${state}\n` : "");
  };
};
const fails: RunProgram = () => Promise.reject(new Error("ENOENT"));

const ADAPTERS: Record<string, (reading: TvReading) => TvPower> = {
  FakeTvPower(reading) {
    const tv = new FakeTvPower();
    tv.reading = reading;
    return tv;
  },
  LinuxTvPower({ power }) {
    const state = { on: "on (0x00)", off: "standby (0x01)", unknown: "to-on (0x02)" }[power];
    return onMachine(PLUGGED, answers(state));
  },
};

describe.each(Object.entries(ADAPTERS))("%s", (_name, open) => {
  test("V1, V2: it says what the set said of itself, each time it is asked", async () => {
    for (const reading of [
      { power: "on", how: "cec" },
      { power: "off", how: "cec" },
      { power: "unknown", how: "no-answer" },
    ] as const) {
      const tv = open(reading);
      expect(await tv.read()).toEqual(reading);
      expect(await tv.read()).toEqual(reading);
    }
  });
});

test("V1: a plugged cable is no TV that is on, and a pulled one no TV that is off", async () => {
  const unplugged = { "sys/class/drm/card0-HDMI-A-1/status": "disconnected\n", "dev/cec0": "" };
  const unknown = (how: string) => ({ power: "unknown", how });
  expect(await onMachine(unplugged, answers("on")).read()).toEqual(unknown("no-tv"));
  const noCec = { "sys/class/drm/card0-HDMI-A-1/status": "connected\n" };
  expect(await onMachine(noCec, answers("on")).read()).toEqual(unknown("no-cec"));
  expect(await onMachine({}, answers("on")).read()).toEqual(unknown("no-cec"));
  expect(await onMachine(PLUGGED, fails).read()).toEqual(unknown("no-answer"));
});
