/**
 * Goal: a box installs only what its county signed, whoever sits between them. Method: a catalogue
 * in memory whose every part can be made wrong, and a client over a fake origin and a fake disk.
 */
import { expect, test } from "vitest";
import {
  BUILT_MS,
  CatalogueRepository,
  idOf,
  newKey,
  openBox,
  sha256,
  signed,
} from "../../support/catalogue-repository.ts";

const FRESH = { kind: "fresh", grew: true, isFrozen: false };
const refused = (role: string, why: string) => ({ kind: "refused", role, why });

async function trustingBox() {
  const repo = new CatalogueRepository();
  repo.addLesson("rice", 1);
  repo.publish();
  const box = await openBox(repo);
  expect(await box.refresh()).toEqual(FRESH);
  return { repo, box };
}

const corrupt = (bytes: Uint8Array) => {
  const document = JSON.parse(new TextDecoder().decode(bytes));
  document.signatures = [];
  return new TextEncoder().encode(JSON.stringify(document));
};

test.each(["timestamp", "2.snapshot", "2.targets"])("an unsigned %s is refused", async (name) => {
  const repo = new CatalogueRepository();
  repo.publish();
  // Without the announced hash: the signature alone must see it.
  delete repo.timestamp.meta["snapshot.json"].hashes;
  delete repo.timestamp.meta["snapshot.json"].length;
  delete repo.snapshot.meta["targets.json"].hashes;
  delete repo.snapshot.meta["targets.json"].length;
  repo.put("snapshot", "2.snapshot", repo.snapshot);
  repo.put("timestamp", "timestamp", repo.timestamp);
  repo.serve(name, corrupt(repo.bytes(name)));
  const role = name.replace(/^2\./, "");
  const box = await openBox(repo);
  expect(await box.refresh()).toEqual(refused(role, "unsigned"));
  expect(box.version(role)).toBeNull();
});

test("a timestamp signed by a stranger's key is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.timestamp.version += 1;
  repo.serve("timestamp", signed(repo.timestamp, [newKey()]));
  expect(await box.refresh()).toEqual(refused("timestamp", "unsigned"));
  expect(box.version("timestamp")).toBe(2);
});

test("a timestamp changed after it was signed is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.publish(["timestamp"]);
  const text = new TextDecoder().decode(repo.bytes("timestamp"));
  const changed = text.replace('"version":3', '"version":4');
  repo.serve("timestamp", new TextEncoder().encode(changed));
  expect(await box.refresh()).toEqual(refused("timestamp", "unsigned"));
});

test("rolled back: an older timestamp is refused, also after a restart", async () => {
  const { repo, box } = await trustingBox();
  const old = repo.bytes("timestamp");
  repo.publish(["timestamp"]);
  expect(await box.refresh()).toEqual(FRESH);
  repo.serve("timestamp", old);
  expect(await box.refresh()).toEqual(refused("timestamp", "rolled-back"));
  expect(await (await box.restart()).refresh()).toEqual(refused("timestamp", "rolled-back"));
});

test("rolled back: a newer timestamp that names an older snapshot is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.publish(["snapshot", "timestamp"]);
  expect(await box.refresh()).toEqual(FRESH);
  repo.snapshot.version = 0;
  repo.publish(["snapshot", "timestamp"]);
  expect(await box.refresh()).toEqual(refused("timestamp", "rolled-back"));
});

test("rolled back: a newer snapshot that names older lessons is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.lessons.version = 0;
  repo.publish(["lessons", "snapshot", "timestamp"]);
  expect(await box.refresh()).toEqual(refused("snapshot", "rolled-back"));
});

test("a snapshot that no longer names the lessons is refused", async () => {
  const { repo, box } = await trustingBox();
  delete repo.snapshot.meta["lessons.json"];
  repo.publish(["snapshot", "timestamp"]);
  expect(await box.refresh()).toEqual(refused("snapshot", "role-removed"));
});

test("mixed metadata: a snapshot of another hash than the timestamp announced is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.publish(["snapshot", "timestamp"]);
  repo.snapshot.extra = 1;
  repo.put("snapshot", "3.snapshot", { ...repo.snapshot, extra: repo.snapshot.extra });
  expect(await box.refresh()).toMatchObject({ kind: "refused", role: "snapshot" });
  expect(box.version("snapshot")).toBe(2);
});

test("wrong hash: targets of the right length and other bytes are refused", async () => {
  const { repo, box } = await trustingBox();
  repo.targets.note = "aaaa";
  repo.publish(["targets", "snapshot", "timestamp"]);
  repo.put("targets", "3.targets", { ...repo.targets, note: "bbbb" });
  expect(await box.refresh()).toEqual(refused("targets", "wrong-hash"));
});

test("wrong length: a shorter document than announced is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.publish(["targets", "snapshot", "timestamp"]);
  repo.serve("3.targets", repo.bytes("3.targets").slice(0, -1));
  expect(await box.refresh()).toEqual(refused("targets", "wrong-length"));
});

test("endless data: more than was announced is never kept", async () => {
  const { repo, box } = await trustingBox();
  repo.publish(["timestamp"]);
  repo.serve("timestamp", new Uint8Array(65 * 1024).fill(32));
  expect(await box.refresh()).toEqual(refused("timestamp", "too-large"));
  const asked = repo.http.asked.map(({ maxBytes }) => maxBytes);
  expect(Math.max(...asked)).toBeLessThanOrEqual(8 * 1024 * 1024);
});

test("a document nested without end is refused", async () => {
  const { repo, box } = await trustingBox();
  const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
  const text = `{"signatures":[],"signed":{"_type":"timestamp","x":${deep}}}`;
  repo.serve("timestamp", new TextEncoder().encode(text));
  expect(await box.refresh()).toEqual(refused("timestamp", "unsigned"));
});

test.each(["{", "[]", "null", '{"signed":{"_type":"timestamp"}}', "\u0000"])(
  "no metadata: %j is refused",
  async (text) => {
    const { repo, box } = await trustingBox();
    repo.serve("timestamp", new TextEncoder().encode(text));
    expect(await box.refresh()).toEqual(refused("timestamp", "malformed"));
  },
);

test("a snapshot in the timestamp's place is refused, though the right key signed it", async () => {
  const { repo, box } = await trustingBox();
  repo.serve("timestamp", signed({ ...repo.snapshot, version: 9 }, repo.role("timestamp").keys));
  expect(await box.refresh()).toEqual(refused("timestamp", "wrong-type"));
});

test("threshold not met: one signature where two are needed is refused", async () => {
  const repo = new CatalogueRepository();
  const [first] = repo.role("snapshot").keys;
  repo.roles.snapshot = { keys: [first ?? newKey(), newKey()], threshold: 2 };
  repo.publish();
  const box = await openBox(repo);
  expect(await box.refresh()).toEqual(FRESH);
  repo.roles.snapshot.keys.pop();
  repo.publish(["snapshot", "timestamp"]);
  expect(await box.refresh()).toEqual(refused("snapshot", "unsigned"));
});

test("duplicate key ids: the same signature twice does not make two", async () => {
  const { repo, box } = await trustingBox();
  repo.publish(["timestamp"]);
  const [key] = repo.role("timestamp").keys;
  repo.serve("timestamp", signed(repo.timestamp, [key ?? newKey(), key ?? newKey()]));
  expect(await box.refresh()).toEqual(refused("timestamp", "unsigned"));
});

test("duplicate keys: one key under two names counts once", async () => {
  const repo = new CatalogueRepository();
  const key = newKey();
  // Another name for the same key: a field more, and so another hash.
  const twinKey = { ...key.key, note: "again" };
  const twin = { id: idOf(twinKey), key: twinKey, secret: key.secret };
  repo.roles.timestamp = { keys: [key, twin], threshold: 2 };
  repo.publish();
  const box = await openBox(repo);
  expect(await box.refresh()).toEqual(refused("timestamp", "unsigned"));
});

test("a key under a name that is not its hash vouches for nothing", async () => {
  const repo = new CatalogueRepository();
  repo.roles.timestamp = { keys: [{ ...newKey(), id: "ab".repeat(32) }], threshold: 1 };
  repo.publish();
  expect(await (await openBox(repo)).refresh()).toEqual(refused("timestamp", "unsigned"));
});

test("a revoked key no longer signs, the one in its place does", async () => {
  const { repo, box } = await trustingBox();
  const revoked = repo.role("timestamp").keys;
  repo.roles.timestamp = { keys: [newKey()], threshold: 1 };
  repo.publish(["root", "timestamp"]);
  expect(await box.refresh()).toEqual(FRESH);
  repo.roles.timestamp = { keys: revoked, threshold: 1 };
  repo.timestamp.version += 1;
  repo.put("timestamp", "timestamp", repo.timestamp);
  expect(await box.refresh()).toEqual(refused("timestamp", "unsigned"));
});

test("root rotation: a new root that the old keys did not sign is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.roles.root = { keys: [newKey()], threshold: 1 };
  repo.signersOfRoot = [];
  repo.publish(["root"]);
  expect(await box.refresh()).toEqual(refused("root", "unsigned"));
  expect(box.version("root")).toBe(2);
});

test("root rotation: a new root that its own keys did not sign is refused", async () => {
  const { repo, box } = await trustingBox();
  const old = repo.role("root").keys;
  repo.roles.root = { keys: [newKey()], threshold: 1 };
  repo.publish(["root"]);
  repo.serve("3.root", signed(repo.root, old));
  expect(await box.refresh()).toEqual(refused("root", "unsigned"));
});

test("root rotation gap: a root that skips a version is refused", async () => {
  const { repo, box } = await trustingBox();
  repo.root.version += 1;
  repo.publish(["root"]);
  repo.serve("3.root", repo.bytes("4.root"));
  expect(await box.refresh()).toEqual(refused("root", "wrong-version"));
});

test("root rotation: a box that slept through five of them follows the chain", async () => {
  const { repo, box } = await trustingBox();
  for (let n = 0; n < 5; n += 1) {
    repo.roles.root = { keys: [newKey()], threshold: 1 };
    repo.publish(["root"]);
  }
  repo.publish(["timestamp"]);
  expect(await box.refresh()).toEqual(FRESH);
  expect(box.version("root")).toBe(7);
});

test("root rotation: a first root that nobody signed is not the beginning of anything", async () => {
  const repo = new CatalogueRepository();
  const box = await openBox(repo, { firstRoot: corrupt(repo.bytes("1.root")) });
  expect(await box.refresh()).toEqual(refused("root", "unsigned"));
  expect(repo.http.asked).toEqual([]);
});

test("fast-forward: another timestamp key lets the versions begin anew", async () => {
  const { repo, box } = await trustingBox();
  repo.timestamp.version = 2_000_000_000;
  repo.publish(["timestamp"]);
  expect(await box.refresh()).toEqual(FRESH);
  repo.timestamp.version = 0;
  repo.publish(["timestamp"]);
  expect(await box.refresh()).toEqual(refused("timestamp", "rolled-back"));
  repo.roles.timestamp = { keys: [newKey()], threshold: 1 };
  repo.timestamp.version = 0;
  repo.publish(["root", "timestamp"]);
  expect(await box.refresh()).toEqual(FRESH);
  expect(box.version("timestamp")).toBe(1);
});

test("fast-forward: a root that only adds a key forgets nothing", async () => {
  const { repo, box } = await trustingBox();
  repo.role("timestamp").keys.push(newKey());
  repo.timestamp.version = 0;
  repo.publish(["root", "timestamp"]);
  expect(await box.refresh()).toEqual(refused("timestamp", "rolled-back"));
});

test("a role that calls itself timestamp cannot write over the timestamp", async () => {
  const { repo, box } = await trustingBox();
  const own = { name: "timestamp", keyids: repo.role("lessons").keys.map(({ id }) => id) };
  repo.lessons.delegations = {
    keys: repo.targets.delegations.keys,
    roles: [{ ...own, threshold: 1, terminating: false, paths: ["*"] }],
  };
  repo.publish(["lessons", "snapshot", "timestamp"]);
  await box.refresh();
  const kept = box.disk.files.get("meta/timestamp.json");
  expect(await box.client.fetchDelegations()).toEqual(refused("timestamp", "not-listed"));
  expect(sha256(box.disk.files.get("meta/timestamp.json") ?? new Uint8Array())).toBe(
    sha256(kept ?? new Uint8Array(1)),
  );
});

test("an origin that is down changes nothing, and is no attack", async () => {
  const { repo, box } = await trustingBox();
  repo.http.answers.clear();
  expect(await box.refresh()).toEqual({ kind: "unreachable", role: "root" });
  expect((await box.client.kept()).has("targets")).toBe(true);
});

test("expired at the floor is refused whatever the clock says", async () => {
  const { repo } = await trustingBox();
  repo.timestamp.expires = "2026-10-01T00:00:00Z";
  repo.publish(["timestamp"]);
  for (const unixMs of [0, BUILT_MS]) {
    const box = await openBox(repo, { wall: { unixMs, isSynced: true } });
    expect(await box.refresh()).toEqual(refused("timestamp", "expired"));
  }
});
