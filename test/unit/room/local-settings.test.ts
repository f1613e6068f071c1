/** What is set at the TV: kept by parts, and no part is believed that is not sensible. */
import { expect, test } from "vitest";
import { bytesOf, FakeRoom, startRoom } from "../../support/fake-room.ts";

const RED = { raw: "ColorF0Red||0", key: "back" } as const;

test("what is not named stays as it was, also after a restart", async () => {
  const fake = await startRoom(1);
  await fake.done(
    { kind: "settings", inches: 43, lastRowM: 5 },
    { kind: "settings", contrast: "high" },
    { kind: "settings", learnedKeys: [RED] },
    { kind: "settings", hasDigits: false },
  );
  const site = {
    ...{ scale: "large", screen: { inches: 43, lastRowM: 5 }, contrast: "high" },
    ...{ learnedKeys: [RED], hasDigits: false },
  };
  expect(fake.view.site).toMatchObject(site);
  await fake.start();
  expect(fake.view.site).toMatchObject(site);
});

test.each([
  [{ inches: "43", lastRowM: 5 }],
  [{ inches: 43 }],
  [{ contrast: "loud" }],
  [{ learnedKeys: [{ raw: "", key: "back" }] }],
  [{ learnedKeys: [{ raw: "x", key: "explode" }] }],
  [{ hasDigits: 1 }],
])("a rotten part %j is as good as never set, and costs no other part", async (rotten) => {
  const fake = new FakeRoom();
  fake.settings.file = bytesOf({ inches: 43, lastRowM: 5, contrast: "high", ...rotten });
  await fake.start();
  const { screen, contrast, learnedKeys, hasDigits } = fake.view.site;
  expect([screen?.inches ?? 43, contrast ?? "high"]).toEqual([43, "high"]);
  expect([learnedKeys, hasDigits]).toEqual([undefined, undefined]);
});
