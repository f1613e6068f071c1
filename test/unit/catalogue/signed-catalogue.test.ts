/** Goal: the lessons that planner and fetcher see are those the county signed, on every day. */
import { expect, test } from "vitest";
import { Origin } from "../../../media-cache/catalogue/origin.ts";
import { SignedCatalogue } from "../../../media-cache/catalogue/signed-catalogue.ts";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import {
  BUILT_MS,
  CatalogueRepository,
  CRYPTO,
  newKey,
  openBox,
  sha256,
  type TestBox,
  URL,
} from "../../support/catalogue-repository.ts";

const FRESH = { kind: "fresh", grew: true, isFrozen: false };

function catalogueOf(repo: CatalogueRepository, { client }: TestBox): SignedCatalogue {
  const targetsUrl = "http://origin.test/targets";
  const origin = new Origin(repo.http, URL);
  return new SignedCatalogue({ client, origin, targetsUrl, crypto: CRYPTO });
}

async function withLessons() {
  const repo = new CatalogueRepository();
  repo.addLesson("rice", 1);
  repo.addLesson("rice", 2);
  repo.addLesson("fire", 1);
  repo.publish();
  const box = await openBox(repo);
  const catalogue = catalogueOf(repo, box);
  await catalogue.refresh();
  return { repo, box, catalogue };
}

const names = (catalogue: SignedCatalogue) =>
  catalogue.lessons().map(({ id, version }) => `${id}/${version}`);

test("Q1: each lesson is listed once, in its newest version", async () => {
  const { catalogue } = await withLessons();
  expect(names(catalogue)).toEqual(["rice/2", "fire/1"]);
});

test("Q1: what the lessons' role has no say over is not listed", async () => {
  const { repo, catalogue } = await withLessons();
  repo.lessons.targets["bundles/app/1.json"] = repo.lessons.targets["lessons/rice/1.json"];
  repo.lessons.targets["lessons/a/b/1.json"] = repo.lessons.targets["lessons/rice/1.json"];
  repo.publish(["lessons", "snapshot", "timestamp"]);
  await catalogue.refresh();
  expect(names(catalogue)).toEqual(["rice/2", "fire/1"]);
});

test("an entry of a newer format is listed by its name, and as beyond this program", async () => {
  const { repo, catalogue } = await withLessons();
  const target = repo.lessons.targets["lessons/rice/2.json"];
  target.custom = { v: 2, kind: "lesson", title: "稻子", lengths: [1] };
  repo.publish(["lessons", "snapshot", "timestamp"]);
  await catalogue.refresh();
  const rice = catalogue.lessons().find(({ id }) => id === "rice");
  expect(rice).toMatchObject({ version: 2, title: "稻子", number: "", isBeyond: true });
});

test("Q1: a target whose words do not fit its name is not listed", async () => {
  const { repo, catalogue } = await withLessons();
  repo.lessons.targets["lessons/rice/2.json"].custom.id = "fire";
  repo.lessons.targets["lessons/fire/1.json"].custom.version = 7;
  repo.publish(["lessons", "snapshot", "timestamp"]);
  await catalogue.refresh();
  expect(names(catalogue)).toEqual(["rice/1"]);
});

test("Q2: a manifest is answered when its bytes fit, and not when they do not", async () => {
  const { repo, catalogue } = await withLessons();
  const [rice] = catalogue.lessons();
  const bytes = await catalogue.fetchManifest({ manifest: rice?.manifest ?? "" });
  expect(bytes && sha256(bytes)).toBe(rice?.manifest);
  for (const [url, answer] of repo.http.answers) {
    if (url.includes("/targets/") && answer.kind === "ok") {
      repo.http.answers.set(url, { kind: "ok", bytes: answer.bytes.map((byte) => byte ^ 1) });
    }
  }
  expect(await catalogue.fetchManifest({ manifest: rice?.manifest ?? "" })).toBeNull();
  expect(await catalogue.fetchManifest({ manifest: "00".repeat(32) })).toBeNull();
});

test("without a network the lessons of yesterday are listed, expired or not", async () => {
  const { repo, box } = await withLessons();
  repo.http.answers.clear();
  const later = await openBox(repo, {
    disk: box.disk,
    wall: { unixMs: BUILT_MS + 1e11, isSynced: true },
  });
  const catalogue = catalogueOf(repo, later);
  await catalogue.open();
  expect(names(catalogue)).toEqual(["rice/2", "fire/1"]);
});

test("expired metadata stops the refresh and takes no lesson away", async () => {
  const { repo, catalogue } = await withLessons();
  repo.addLesson("new", 1);
  repo.lessons.expires = "2026-10-01T00:00:00Z";
  repo.publish(["lessons", "snapshot", "timestamp"]);
  expect(await catalogue.refresh()).toEqual({ kind: "refused", role: "lessons", why: "expired" });
  expect(names(catalogue)).toEqual(["rice/2", "fire/1"]);
});

test("strict: expiry by the system's clock alone", async () => {
  const { repo } = await withLessons();
  repo.timestamp.expires = "2026-11-20T00:00:00Z";
  repo.publish(["timestamp"]);
  const at = (unixMs: number) =>
    openBox(repo, { isStrict: true, wall: { unixMs, isSynced: false } });
  expect(await (await at(Date.UTC(2026, 10, 10))).refresh()).toEqual(FRESH);
  const late = await at(Date.UTC(2026, 10, 21));
  expect(await late.refresh()).toEqual({ kind: "refused", role: "timestamp", why: "expired" });
});

test("what the timestamp says of its day raises the floor, durably", async () => {
  const { box } = await withLessons();
  const floor = Date.UTC(2026, 10, 2);
  expect(box.trust.state.floorMs).toBe(floor);
  expect((await box.restart()).trust.state.floorMs).toBe(floor);
});

test("freeze: an origin that answers and never grows is reported", async () => {
  const { repo, box } = await withLessons();
  const stuck = await openBox(repo, {
    disk: box.disk,
    uptimeSinceLastMs: () => 20 * 3_600_000,
  });
  for (let cycle = 1; cycle < 7; cycle += 1) await stuck.refresh();
  expect(await stuck.refresh()).toEqual({ kind: "fresh", grew: false, isFrozen: true });
  repo.publish(["timestamp"]);
  expect(await stuck.refresh()).toEqual(FRESH);
});

test.each(["root", "timestamp", "snapshot", "targets", "lessons"])(
  "a rotten %s on the disk is fetched again",
  async (role) => {
    const { repo, box } = await withLessons();
    box.disk.files.set(`meta/${role}.json`, new Uint8Array(100));
    const again = await box.restart();
    const catalogue = catalogueOf(repo, again);
    expect(await catalogue.refresh()).toMatchObject({ kind: "fresh" });
    expect(names(catalogue)).toEqual(["rice/2", "fire/1"]);
  },
);

test("rotten metadata does not open the door to an older one", async () => {
  const { repo, box } = await withLessons();
  const old = repo.bytes("timestamp");
  repo.publish(["timestamp"]);
  await box.refresh();
  box.disk.files.set("meta/timestamp.json", new Uint8Array(100));
  repo.serve("timestamp", old);
  const answer = await (await box.restart()).refresh();
  expect(answer).toEqual({ kind: "refused", role: "timestamp", why: "rolled-back" });
});

test("a lost state file is an alarm, and the kept metadata still refuses older ones", async () => {
  const { repo, box } = await withLessons();
  const old = repo.bytes("timestamp");
  repo.publish(["timestamp"]);
  await box.refresh();
  for (const name of ["a", "b"]) box.disk.files.set(`state/${name}.json`, new Uint8Array(9));
  repo.serve("timestamp", old);
  const again = await box.restart();
  expect(again.trust.isLost).toBe(true);
  const answer = await again.refresh();
  expect(answer).toEqual({ kind: "refused", role: "timestamp", why: "rolled-back" });
});

test("power cut at any write: the next refresh completes, and nothing older is taken", async () => {
  for (let atWrite = 1; atWrite <= 16; atWrite += 1) {
    const { repo, box } = await withLessons();
    const old = repo.bytes("timestamp");
    repo.roles.snapshot = { keys: [newKey()], threshold: 1 };
    repo.addLesson("new", 1);
    repo.publish();
    box.disk.plan({ atWrite, kind: "cut", kept: 0 });
    await catalogueOf(repo, box)
      .refresh()
      .catch(() => {});
    box.disk.powerOn();
    const again = await box.restart();
    const catalogue = catalogueOf(repo, again);
    const outcome = await catalogue.refresh();
    expect([atWrite, outcome.kind]).toEqual([atWrite, "fresh"]);
    expect(names(catalogue)).toContain("new/1");
    repo.serve("timestamp", old);
    expect((await again.refresh()).kind).toBe("refused");
  }
});

test("a delegation is asked in its order, and a terminating one is the last", async () => {
  const { repo, box } = await withLessons();
  expect(await box.client.findTarget("lessons/rice/2.json")).toMatchObject({ kind: "found" });
  expect(await box.client.findTarget("lessons/rice/9.json")).toEqual({ kind: "none" });
  repo.absent("1.lessons");
  const other = await openBox(repo, { disk: new FakeDisk() });
  await other.refresh();
  repo.absent("2.lessons");
  expect(await other.client.findTarget("lessons/rice/2.json")).toEqual({
    kind: "unreachable",
    role: "lessons",
  });
});

test("a box that never saw a newer root lists its lessons after a restart, too", async () => {
  const repo = new CatalogueRepository();
  repo.addLesson("rice", 1);
  repo.publish(["lessons", "targets", "snapshot", "timestamp"]);
  const box = await openBox(repo);
  await catalogueOf(repo, box).refresh();
  const catalogue = catalogueOf(repo, await box.restart());
  await catalogue.open();
  expect(names(catalogue)).toEqual(["rice/1"]);
});
