import { expect, test } from "vitest";
import { mustSitWithinM, scaleFor } from "../../../protocol/text-scale.ts";
import { beginSettings, pressSettings } from "../../../src/tv/screens/settings/settings.ts";
import { FakeRoom, startRoom } from "../../support/fake-room.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";

test("the last row decides how large texts are", () => {
  expect(scaleFor({ inches: 55, lastRowM: 5 })).toBe("standard");
  expect(scaleFor({ inches: 43, lastRowM: 5 })).toBe("large");
  expect(scaleFor({ inches: 43, lastRowM: 7 })).toBe("huge");
});

test("where type alone cannot help, people are asked to sit nearer", () => {
  expect(mustSitWithinM({ inches: 43, lastRowM: 8 })).toBe(7);
  expect(mustSitWithinM({ inches: 55, lastRowM: 8 })).toBeNull();
});

test("a size that was set holds after a restart, and nothing but two numbers is believed", async () => {
  const fake = await startRoom(1);
  const tv = new HeadlessTv(fake);
  await tv.settle();
  await tv.press("left", "ok", "ok");
  await tv.press("left", "left", "ok");
  expect(fake.view.site).toMatchObject({ scale: "large", screen: { inches: 43, lastRowM: 5 } });
  await fake.start();
  expect(fake.view.site).toMatchObject({ scale: "large", screen: { inches: 43, lastRowM: 5 } });
  for (const rotten of ["", "{", "null", '{"inches":"43","lastRowM":5}']) {
    const other = new FakeRoom();
    other.settings.file = new TextEncoder().encode(rotten);
    await other.start();
    expect(other.view.site).toMatchObject({ scale: "standard", screen: null });
  }
});

test("Back is tested like any key, and the second in a row leaves", () => {
  let state = beginSettings({ screen: null, voice: true, contrast: "normal" });
  for (const key of ["digit-5", "ok", "back", "up", "back", "back"] as const) {
    state = pressSettings(state, key)?.state ?? state;
    if (key === "up") expect(state.pressed).toEqual(["ok", "back", "up"]);
  }
  expect(state.part).toBe("list");
});

test("the sound check sounds once", async () => {
  const tv = new HeadlessTv(await startRoom(1));
  await tv.settle();
  await tv.press("left", "ok", "digit-6", "ok");
  expect(tv.chimes).toBe(1);
  expect(tv.place).toBe("settings");
});

test("high contrast is chosen in the settings, holds after a restart, and Back changes nothing", async () => {
  const fake = await startRoom(1);
  const tv = new HeadlessTv(fake);
  await tv.settle();
  await tv.press("left", "ok", "digit-2", "down", "back");
  expect(fake.view.site.contrast ?? "normal").toBe("normal");
  await tv.press("digit-2", "down", "ok");
  expect(fake.view.site.contrast).toBe("high");
  await fake.start();
  expect(fake.view.site.contrast).toBe("high");
});

test("a key that no table knows stands in 本机情况 as soon as it was pressed", async () => {
  const tv = new HeadlessTv(await startRoom(1));
  await tv.settle();
  await tv.press("left", "ok", "digit-8");
  expect(tv.words).toContain("没有 ✔");
  tv.sendRaw("Unheard");
  await tv.settle();
  expect(tv.words).toContain("Unheard ? 0");
});
