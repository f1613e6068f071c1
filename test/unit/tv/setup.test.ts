/**
 * Goal: a TV that comes out of its box is ready after eight presses, whatever its remote sends.
 * Method: the page over a room that was never set up, and the key check alone.
 */
import { expect, test } from "vitest";
import { KeyNormaliser } from "../../../src/tv/keys/normalise.ts";
import { beginRemote, pressRemote } from "../../../src/tv/screens/setup/remote-check.ts";
import { FakeRoom, startRoom } from "../../support/fake-room.ts";
import { goHome } from "../../support/go-home.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";

async function newTv(enrolled = false): Promise<HeadlessTv> {
  const fake = new FakeRoom();
  fake.settings.file = null;
  await fake.start();
  if (enrolled) fake.room.setLink({ connected: true });
  const tv = new HeadlessTv(fake);
  await tv.settle();
  return tv;
}

test("a box that its county knows is set up with eight presses, and asks only once", async () => {
  const tv = await newTv(true);
  expect(tv.place).toBe("setup");
  await tv.press("ok", "up", "down", "left", "right", "back");
  expect(tv.words).toContain("字的大小");
  await tv.press("ok");
  expect(tv.chimes).toBe(1);
  await tv.press("ok");
  expect(tv.presses).toBe(8);
  expect(tv.place).toBe("home");
  expect(tv.view.site).toMatchObject({ setUp: true, screen: { inches: 55, lastRowM: 5 } });
  await tv.fake.start();
  const next = new HeadlessTv(tv.fake);
  await next.settle();
  expect(next.place).toBe("home");
});

test("OK alone leads through, and a box without a county shows its number and a code", async () => {
  const tv = await newTv();
  await tv.pressUntil("ok", 8, ({ words }) => words.includes("本机编号"));
  const [first = "", second = ""] = tv.fake.register.boxId.match(/.{8}/g) ?? [];
  expect(tv.words.replace(/ /g, "")).toContain(first);
  expect(tv.words.replace(/ /g, "")).toContain(second);
  expect(tv.scene.filter(({ kind }) => kind === "rect").length).toBeGreaterThan(100);
  await tv.pressUntil("ok", 4, ({ place }) => place === "home");
});

test("when the county takes the box in, the next question comes without a press", async () => {
  const tv = await newTv();
  await tv.pressUntil("ok", 8, ({ words }) => words.includes("本机编号"));
  tv.fake.room.setLink({ connected: true });
  await tv.settle();
  expect(tv.words).toContain("字的大小");
});

test("Back at the beginning sets it aside, and the settings lead back to it", async () => {
  const tv = await newTv();
  await tv.press("back");
  expect(tv.place).toBe("home");
  expect(tv.view.site.setUp).toBe(true);
  await tv.press("left", "ok", "digit-9");
  expect(tv.place).toBe("setup");
  await tv.pressUntil("ok", 9, ({ words }) => words.includes("听到"));
  expect(await goHome(tv)).toBeLessThanOrEqual(4 + 1);
});

test("a key that no table knows is learned as the one that was asked for, and then works", async () => {
  const tv = await newTv(true);
  await tv.press("ok", "up", "down", "left", "right");
  await tv.pressStrange("Weird|WeirdKey|999");
  expect(tv.view.site.learnedKeys).toEqual([{ raw: "Weird|WeirdKey|999", key: "back" }]);
  const keys = new KeyNormaliser();
  const weird = { key: "Weird", code: "WeirdKey", keyCode: 999, repeat: false };
  expect(keys.press({ ...weird, atMs: 0 })).toBeNull();
  keys.learn(tv.view.site.learnedKeys ?? []);
  expect(keys.press({ ...weird, atMs: 1000 })).toBe("back");
});

test("a wrong key is named, and a key that cannot be had is passed over", () => {
  const begun = beginRemote([]);
  expect(pressRemote(begun, "down")?.said).toBe("这是【▼】，请按【确定】");
  expect(pressRemote(begun, "right")).toMatchObject({ at: 1, tried: [] });
  expect(pressRemote(begun, "back")).toBeNull();
});

test("a session that was begun on a TV never set up comes first", async () => {
  const fake = new FakeRoom();
  fake.settings.file = null;
  await fake.start();
  await fake.done({ kind: "open-session", type: "party-group", lessons: [] });
  const tv = new HeadlessTv(fake);
  await tv.settle();
  expect(tv.place).toBe("signin");
});

test("whether there are number keys is asked with the sound, and learned from any number", async () => {
  const tv = await newTv(true);
  await tv.press("ok", "up", "down", "left", "right", "back", "ok");
  expect(tv.words).toContain("有数字键的按【1】");
  await tv.press("ok");
  expect(tv.view.site).toMatchObject({ setUp: true, hasDigits: false });
  await tv.press("down", "ok");
  expect(tv.place).toBe("library");
  expect(tv.words).not.toContain("【0-9】");
  await tv.press("digit-1");
  expect(tv.view.site.hasDigits).toBe(true);
  expect(tv.words).toContain("【0-9】");
});

test("1 says that there are number keys; without any, nobody is offered 报号", async () => {
  const one = await newTv(true);
  await one.press("ok", "up", "down", "left", "right", "back", "ok", "digit-1");
  expect(one.place).toBe("home");
  expect(one.view.site).toMatchObject({ setUp: true, hasDigits: true });
  const fake = await startRoom(2);
  await fake.done({ kind: "settings", hasDigits: false });
  await fake.done({ kind: "open-session", type: "party-group", lessons: [] });
  const tv = new HeadlessTv(fake);
  await tv.settle();
  await tv.press("down");
  expect(tv.words).toContain("全到去缺");
  expect(tv.words).not.toContain("报号");
});
