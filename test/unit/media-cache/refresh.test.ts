/** A refresh against fakes: from a catalogue to lessons in the library, and what may go wrong. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { BlobFetcher } from "../../../media-cache/fetch/blob-fetcher.ts";
import { Stop } from "../../../media-cache/fetch/stop.ts";
import { openLibrary } from "../../../media-cache/open-library.ts";
import { type RefreshOrder, refreshCache } from "../../../media-cache/refresh/refresher.ts";
import { scrub } from "../../../media-cache/refresh/scrub.ts";
import { FakeBlobDisk } from "../../../platform/fake/fake-blob-disk.ts";
import { FakeHttpFetch } from "../../../platform/fake/fake-http-fetch.ts";
import { FakePartDisk } from "../../../platform/fake/fake-part-disk.ts";
import { FakeRandom } from "../../../platform/fake/fake-random.ts";
import { FakeTimer } from "../../../platform/fake/fake-timer.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { blobOf, CACHE, putPackage } from "./lesson-package.ts";

const GB = 1e9;
const POLICY = { days: [], pins: [], inUse: [], wanted: [] };

/** A county that publishes packages, and a box with an empty disk. */
async function setUp() {
  const county = new FakeBlobDisk();
  const blobs = new FakeBlobDisk();
  const parts = new FakePartDisk(blobs.files);
  const http = new FakeHttpFetch();
  const timer = new FakeTimer({ jumps: true });
  const byHash = new Map<string, Uint8Array>();
  http.answer = ({ url }) => {
    const bytes = byHash.get(url.split("/").at(-1) ?? "");
    return bytes === undefined ? { status: 404 } : { status: 200, pieces: [bytes] };
  };
  const published: {
    manifest: string;
    id: string;
    version: number;
    priority: number;
    bytes: number;
  }[] = [];
  const publish = (
    id: string,
    more: Parameters<typeof putPackage>[1] & { priority?: number } = {},
  ) => {
    const { manifest, sha256 } = putPackage(county, {
      id,
      number: `1${published.length}00`.slice(0, 4),
      ...more,
    });
    for (const bytes of county.files.values()) {
      byHash.set(createHash("sha256").update(bytes).digest("hex"), bytes);
    }
    const at = published.findIndex((lesson) => lesson.id === id);
    if (at >= 0) published.splice(at, 1);
    const bytes = manifest.bytes.browse + manifest.bytes.play;
    const { version } = manifest;
    published.push({ id, version, manifest: sha256, priority: more.priority ?? 0, bytes });
    return manifest;
  };
  const disk = { total: 8 * GB, capacity: 8 * GB };
  const used = () => [...blobs.files.values()].reduce((sum, { length }) => sum + length, 0);
  const shelf = { disk: blobs, sha256: nodeSha256, cacheDir: CACHE };
  const library = await openLibrary({ ...shelf, playerVersion: "0.1.0" });
  const options = {
    playerVersion: "0.1.0",
    ...{ blobs, parts, timer, sha256: nodeSha256, cacheDir: CACHE, random: new FakeRandom(3) },
    fetcher: new BlobFetcher({ http, parts, blobs, sha256: nodeSha256, timer, cacheDir: CACHE }),
    catalogue: {
      lessons: () => published,
      fetchManifest: async ({ manifest }: { manifest: string }) => byHash.get(manifest) ?? null,
    },
    sources: [{ base: "http://county", hosts: [] }],
    space: async () => ({ freeBytes: disk.capacity - used(), totalBytes: disk.total }),
    onChange: () => library.refresh(),
  };
  const refresh = (more: Partial<RefreshOrder> = {}) =>
    refreshCache(options, {
      ...{ stop: new Stop(), bytesPerSecond: 1e9, budgetBytes: GB, today: null },
      mayInstall: true,
      ...{ policy: POLICY, uses: new Map() },
      ...more,
    });
  return { blobs, parts, http, byHash, publish, library, refresh, disk, published, timer };
}

test("what the county publishes is whole and can be opened after a refresh", async () => {
  const set = await setUp();
  set.publish("rice");
  set.publish("pest");
  const result = await set.refresh();
  expect(result).toMatchObject({ end: "done", failed: [], removed: [] });
  expect([...result.added].sort()).toEqual(["pest", "rice"]);
  expect(await set.library.open("rice", 1)).toMatchObject({ ok: true });
  expect(await set.refresh()).toMatchObject({ end: "done", added: [], fetchedBytes: 0 });
});

test("the lesson of the next study day comes first, even when the bytes of a night run out", async () => {
  const set = await setUp();
  for (const id of ["a", "b", "c", "d"]) set.publish(id);
  const days = [{ date: "2026-03-05", lessons: ["d"] }];
  const budgetBytes = 2000;
  const result = await set.refresh({ policy: { ...POLICY, days }, budgetBytes });
  expect(result).toMatchObject({ end: "over-budget" });
  expect(result.added[0]).toBe("d");
});

test("a damaged blob is fetched again before anything else, and the lesson is whole again", async () => {
  const set = await setUp();
  const manifest = set.publish("rice");
  await set.refresh();
  const path = blobOf(manifest, "video/seg-000.m4s");
  set.blobs.files.set(path, new Uint8Array(set.blobs.files.get(path)?.length ?? 0));
  expect(await set.library.open("rice", 1)).toMatchObject({ ok: false, code: "damaged" });
  set.publish("pest");
  const asked = set.http.asked.length;
  // Mended is not 新到.
  expect(await set.refresh()).toMatchObject({ end: "done", added: ["pest"], mended: ["rice"] });
  expect(set.http.asked[asked]?.url).toContain(path.slice(-64));
  expect(await set.library.open("rice", 1)).toMatchObject({ ok: true });
});

test("P6: the old version is offered until the new one is whole, and goes when room is needed", async () => {
  const set = await setUp();
  set.publish("rice");
  await set.refresh();
  const next = set.publish("rice", { version: 2, files: { "video/seg-000.m4s": "better" } });
  const missing = blobOf(next, "video/seg-000.m4s").slice(-64);
  const bytes = set.byHash.get(missing) ?? new Uint8Array(0);
  set.byHash.delete(missing);
  expect(await set.refresh()).toMatchObject({
    end: "done",
    failed: [{ lesson: "rice", why: "missing" }],
  });
  expect(set.library.find("rice")).toMatchObject({ state: "ready", manifest: { version: 1 } });
  set.byHash.set(missing, bytes);
  expect(await set.refresh()).toMatchObject({ end: "done", added: ["rice"] });
  expect(set.library.find("rice")).toMatchObject({ state: "ready", manifest: { version: 2 } });
});

test("Z1: a lesson that must go is out of the library before its first blob is gone", async () => {
  const set = await setUp();
  const big = (fill: string) =>
    Object.fromEntries(
      [2, 3, 4, 5, 6].map((at) => [`video/seg-00${at}.m4s`, `${at}${fill.repeat(8e6)}`]),
    );
  set.publish("old", { files: big("x"), priority: 1 });
  set.disk.capacity = 0.8 * GB + 60e6;
  await set.refresh();
  expect(set.library.find("old")?.state).toBe("ready");
  set.publish("new", { files: big("y"), priority: 9 });
  const remove = set.parts.remove.bind(set.parts);
  const seen: (string | undefined)[] = [];
  set.parts.remove = async (path) => {
    if (path.includes("/blobs/")) seen.push(set.library.find("old")?.state);
    return remove(path);
  };
  const result = await set.refresh();
  expect(result).toMatchObject({ end: "done", added: ["new"], removed: ["old"] });
  expect(seen.length).toBeGreaterThan(0);
  expect(new Set(seen)).toEqual(new Set([undefined]));
});

test("a lesson of a study day that does not fit is told of", async () => {
  const set = await setUp();
  set.publish("film", { files: { "video/seg-000.m4s": "z".repeat(2_000_000) } });
  set.disk.capacity = 0.8 * GB + 1e6;
  const days = [{ date: "2026-03-05", lessons: ["film", "nowhere"] }];
  const result = await set.refresh({ policy: { ...POLICY, days } });
  expect(result.failed).toEqual([
    { lesson: "nowhere", why: "not-published" },
    { lesson: "film", why: "no-room" },
  ]);
  expect(result.added).toEqual([]);
});

test("a manifest that is not what was vouched for is not taken", async () => {
  const set = await setUp();
  set.publish("rice");
  const lesson = set.published[0];
  if (lesson !== undefined) set.byHash.set(lesson.manifest, new TextEncoder().encode("{}"));
  expect(await set.refresh()).toMatchObject({ failed: [{ lesson: "rice", why: "bad-manifest" }] });
});

test("scrubbing finds what rotted, and goes around the whole cache", async () => {
  const set = await setUp();
  const manifest = set.publish("rice");
  await set.refresh();
  const path = blobOf(manifest, "video/seg-001.m4s");
  set.blobs.files.set(path, new Uint8Array(set.blobs.files.get(path)?.length ?? 0));
  const { blobs: disk, timer } = set;
  const sizes = () =>
    new Map(
      [...disk.files]
        .filter(([name]) => name.includes("/blobs/"))
        .map(([name, bytes]) => [name.slice(-64), bytes.length]),
    );
  const damaged: string[] = [];
  let after = "";
  for (let night = 0; night < 14; night += 1) {
    const found = await scrub(sizes(), after, { disk, timer, stop: new Stop(), cacheDir: CACHE });
    after = found.after;
    damaged.push(...found.damaged);
  }
  expect(damaged).toEqual([path.slice(-64)]);
});

test("by a catalogue that is too old nothing new is begun; what was begun is finished", async () => {
  const set = await setUp();
  set.publish("rice");
  set.publish("pest");
  const first = await set.refresh({ budgetBytes: 1 });
  expect(first.end).toBe("over-budget");
  const held = set.library.list().map(({ manifest }) => manifest.id);
  const result = await set.refresh({ mayInstall: false });
  expect(result).toMatchObject({ end: "done", added: held });
  expect(set.library.list()).toHaveLength(held.length);
});

const NEWER = {
  "a newer schema": (manifest: object) => Object.assign(manifest, { schema: "one-room.lesson/2" }),
  "a newer program": (manifest: object) => Object.assign(manifest, { minPlayer: "9.0.0" }),
};

test.each(Object.entries(NEWER))(
  "a lesson of %s says 需要先升级; its manifest is asked for once, and no blob",
  async (_name, edit) => {
    const set = await setUp();
    set.publish("rice", { edit });
    const failed = [{ lesson: "rice", why: "needs-upgrade" }];
    const first = await set.refresh();
    expect(first).toMatchObject({ end: "done", added: [], removed: [], failed });
    expect(first.fetchedBytes).toBeGreaterThan(0);
    expect(set.library.find("rice")).toMatchObject({ state: "needs-upgrade" });
    expect(set.http.asked).toEqual([]);
    expect(await set.refresh()).toMatchObject({ end: "done", fetchedBytes: 0, failed });
  },
);

test("an older version that is whole here plays on beside one that needs a newer program", async () => {
  const set = await setUp();
  set.publish("rice");
  await set.refresh();
  const before = [...set.blobs.files.keys()];
  set.publish("rice", { version: 2, edit: NEWER["a newer schema"] });
  const failed = [{ lesson: "rice", why: "needs-upgrade" }];
  for (let night = 0; night < 2; night += 1) {
    expect(await set.refresh()).toMatchObject({ removed: [], failed });
    expect(set.library.find("rice")).toMatchObject({ state: "ready", manifest: { version: 1 } });
  }
  expect([...set.blobs.files.keys()]).toEqual(expect.arrayContaining(before));
  // Without a newer program it never comes; once the county replaces it, nothing is left of it.
  set.publish("rice", { version: 3 });
  expect(await set.refresh()).toMatchObject({ added: ["rice"], failed: [] });
  const manifests = [...set.blobs.files.keys()].filter((path) => path.includes("/manifests/"));
  expect(manifests).toHaveLength(2);
});

test("a lesson that the catalogue itself calls newer is not asked for at all", async () => {
  const set = await setUp();
  set.publish("rice");
  Object.assign(set.published[0] ?? {}, { isBeyond: true });
  const failed = [{ lesson: "rice", why: "needs-upgrade" }];
  expect(await set.refresh()).toMatchObject({ end: "done", fetchedBytes: 0, failed });
});
