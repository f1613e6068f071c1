/** The overnight refresh in a box of fakes: from the county's lessons to journal and screen. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { openLibrary } from "../../../media-cache/open-library.ts";
import { DEFAULT_SETTINGS } from "../../../media-cache/refresh/when.ts";
import { FakeBlobDisk } from "../../../platform/fake/fake-blob-disk.ts";
import { FakeHttpFetch } from "../../../platform/fake/fake-http-fetch.ts";
import { FakePartDisk } from "../../../platform/fake/fake-part-disk.ts";
import { FakeRandom } from "../../../platform/fake/fake-random.ts";
import { FakeTimer } from "../../../platform/fake/fake-timer.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { startRefresh } from "../../../src/box/refresh.ts";
import { type FakeRoom, makePlan, startRoom } from "../../support/fake-room.ts";
import { CACHE, putPackage } from "../media-cache/lesson-package.ts";

const MINUTE = 60_000;
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function settle(): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
}

async function setUp(fake: FakeRoom) {
  const county = new FakeBlobDisk();
  const blobs = new FakeBlobDisk();
  const http = new FakeHttpFetch();
  const timer = new FakeTimer();
  const { manifest, sha256 } = putPackage(county, { id: "pest", number: "2001" });
  const byHash = new Map([...county.files.values()].map((bytes) => [sha256Of(bytes), bytes]));
  http.answer = ({ url }) => {
    const bytes = byHash.get(url.slice(-64));
    return bytes === undefined ? { status: 404 } : { status: 200, pieces: [bytes] };
  };
  const library = await openLibrary({ disk: blobs, sha256: nodeSha256, cacheDir: CACHE });
  const words = { number: "2001", title: "病虫害", category: "农技", initials: "bch" };
  const sizes = { durationMs: 60_000, manifestBytes: 1 };
  const lesson = { id: "pest", version: 1, manifest: sha256, priority: 1, ...words, ...sizes };
  const bytes = manifest.bytes.browse + manifest.bytes.play;
  const { clock, disk } = fake.machine;
  const refresh = await startRefresh({
    ...{ disk, clock, timer, http, blobs, cacheDir: CACHE, sha256: nodeSha256 },
    ...{ parts: new FakePartDisk(blobs.files), random: new FakeRandom(4) },
    ...{ register: fake.register, room: fake.room },
    catalogue: {
      origin: "http://county/origin",
      refresh: async () => ({ trouble: null, isRefused: false, mayInstall: true }),
      isLost: false,
      isFrozen: () => false,
      lessons: () => [{ ...lesson, bytes }],
      fetchManifest: async (asked) => byHash.get(asked.manifest) ?? null,
    },
    onLessons: () => library.refresh(),
    settings: () => DEFAULT_SETTINGS,
    onChange: () => {},
    log: () => {},
  });
  const advance = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      clock.advance(MINUTE);
      timer.advance(MINUTE);
      await settle();
    }
  };
  return { library, refresh, advance, http };
}

const recordsOf = async ({ register }: FakeRoom) => {
  const { epoch } = register.epochs().at(-1) ?? { epoch: "" };
  const records = await register.read(epoch, 1, { maxCount: 100, maxBytes: 1e6 });
  return records.flatMap(({ record }) => (record.k === "refresh" ? [record.d] : []));
};

test("lessons of the county come by themselves; journal, county and screen are told", async () => {
  const fake = await startRoom();
  await fake.give("plan", makePlan([{ date: "2026-03-12", type: "study-day", lessons: ["pest"] }]));
  const { library, refresh, advance, http } = await setUp(fake);
  await advance(14);
  expect(http.asked).toHaveLength(0);
  await advance(2);
  expect(library.find("pest")).toMatchObject({ state: "ready" });
  expect(http.asked[0]?.url).toMatch(/^http:\/\/county\/origin\/blobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/);
  const [record] = await recordsOf(fake);
  expect(record).toMatchObject({ mode: "trickle", end: "done", added: ["pest"], failed: [] });
  expect(refresh.last()).toEqual(record);
  await refresh.stop();
});

test("昨晚更新了 n 个片子 stands on the day after, and not longer", async () => {
  const fake = await startRoom();
  fake.room.setNews({ on: "2026-03-05", mode: "night", added: 3 });
  const news = () => fake.view.banners.find(({ code }) => code === "news")?.text;
  const { sure } = fake.view.clock;
  expect(news()).toBe(sure ? "昨晚更新了 3 个片子" : undefined);
  fake.machine.clock.advance(24 * 60 * MINUTE);
  expect(news()).toBeUndefined();
});

test("somebody who looks for a film is somebody who is there", async () => {
  const fake = await startRoom();
  const { advance, http, refresh } = await setUp(fake);
  for (let turn = 0; turn < 5; turn += 1) {
    await advance(10);
    fake.room.lessonCards();
  }
  expect(http.asked).toHaveLength(0);
  await refresh.stop();
});
