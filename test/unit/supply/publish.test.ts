/** Goal: what a county publishes is what a box accepts. Method: real keys and files, our client. */
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refreshCatalogue, signIfDue } from "../../../console/supply/catalogue/daily-signing.ts";
import {
  makeCatalogue,
  rotateKey,
  setThreshold,
} from "../../../console/supply/catalogue/manage-keys.ts";
import { publishLessons, withdrawLesson } from "../../../console/supply/catalogue/publish.ts";
import { withTreeLock } from "../../../console/supply/catalogue/tree-lock.ts";
import { readFacts } from "../../../console/supply/lesson/lesson-facts.ts";
import {
  NEW_CAPTIONS,
  NEW_FACTS,
  NEW_MATERIAL,
  newLesson,
} from "../../../console/supply/lesson/new-lesson.ts";
import { captionFindings, materialFindings } from "../../../console/supply/lesson/text-findings.ts";
import { CatalogueClient } from "../../../media-cache/catalogue/catalogue-client.ts";
import { Origin } from "../../../media-cache/catalogue/origin.ts";
import { RoleFiles } from "../../../media-cache/catalogue/role-files.ts";
import { SignedCatalogue } from "../../../media-cache/catalogue/signed-catalogue.ts";
import { TrustKeeper } from "../../../media-cache/catalogue/trust-keeper.ts";
import { TwoGenerations } from "../../../media-cache/refresh/two-generations.ts";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import type { HttpClient } from "../../../platform/ports/http-client.ts";
import { isMaterial } from "../../../protocol/generated/validators.js";
import { CRYPTO } from "../../support/catalogue-repository.ts";

const SAMPLES = join(import.meta.dirname, "../../../samples");
const NOW = Date.UTC(2026, 10, 25);
const DAY = 86_400_000;
const work = mkdtempSync(join(tmpdir(), "one-room-publish-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

let made = 0;
/** A county with keys, and a catalogue without lessons. */
async function newCounty(more: { passphrase?: string } = {}) {
  made += 1;
  const county = {
    tree: join(work, `tree-${made}`),
    keysFolder: join(work, `keys-${made}`),
    nowMs: NOW,
  };
  const options = { ...county, priority: 5, withoutFilm: true, ...more };
  await makeCatalogue({ ...options, rootKeys: 3, threshold: 2 });
  return options;
}

/** The folder as any web server would serve it. */
const served = (tree: string): HttpClient => ({
  get({ url, maxBytes }) {
    try {
      const bytes = readFileSync(join(tree, decodeURIComponent(url.replace("http://o/", ""))));
      const isLarge = bytes.length > maxBytes;
      return Promise.resolve(
        isLarge ? { kind: "failed", why: "too-large" } : { kind: "ok", bytes },
      );
    } catch {
      return Promise.resolve({ kind: "refused", status: 404 });
    }
  },
});

async function boxOf(tree: string, disk = new FakeDisk()) {
  const trust = await TrustKeeper.open(new TwoGenerations(disk, "state"), 0);
  if (trust === null) throw new Error("a newer state");
  const http = served(tree);
  const client = new CatalogueClient({
    ...{ http, metadataUrl: "http://o/metadata", files: new RoleFiles(disk, "meta/"), trust },
    ...{ crypto: CRYPTO, firstRoot: readFileSync(join(tree, "metadata/1.root.json")) },
    wall: () => ({ unixMs: NOW, isSynced: true }),
  });
  const origin = new Origin(http, "http://o/metadata");
  return new SignedCatalogue({ client, origin, targetsUrl: "http://o/targets", crypto: CRYPTO });
}

/** A copy of a sample, with other words in its manifest. */
function copyOf(name: string, change: (manifest: Record<string, unknown>) => void): string {
  made += 1;
  const folder = join(work, `package-${made}`);
  cpSync(join(SAMPLES, name), folder, { recursive: true });
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  change(manifest);
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}

const RICE = join(SAMPLES, "rice-blast-2026");
const HOWTO = join(SAMPLES, "study-day-howto");

let county: Awaited<ReturnType<typeof newCounty>>;
beforeAll(async () => {
  county = await newCounty();
  const result = await publishLessons([RICE], county);
  expect(result).toMatchObject({ ok: true, added: ["rice-blast-2026"] });
});

test("a published lesson is listed by a box, with its manifest and all its files", async () => {
  const box = await boxOf(county.tree);
  expect(await box.refresh()).toMatchObject({ kind: "fresh" });
  const [lesson] = box.lessons();
  expect(lesson).toMatchObject({ id: "rice-blast-2026", priority: 5 });
  const bytes = await box.fetchManifest({ manifest: lesson?.manifest ?? "" });
  expect(bytes && Buffer.from(bytes)).toEqual(readFileSync(join(RICE, "manifest.json")));
  for (const { sha256 } of JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())).files) {
    expect(readdirSync(join(county.tree, "blobs", sha256.slice(0, 2)))).toContain(sha256);
  }
});

test("private keys are readable by their owner alone, and others' are refused", async () => {
  const own = await newCounty();
  const files = readdirSync(own.keysFolder);
  expect(files).toEqual([
    "lessons-1.pem",
    "online-1.pem",
    "root-1.pem",
    "root-2.pem",
    "root-3.pem",
  ]);
  for (const file of files) {
    expect(statSync(join(own.keysFolder, file)).mode & 0o777).toBe(0o600);
  }
  expect(statSync(own.keysFolder).mode & 0o777).toBe(0o700);
  chmodSync(join(own.keysFolder, "online-1.pem"), 0o644);
  await expect(refreshCatalogue(own)).rejects.toThrow("别人也能读");
});

test("a root key under a passphrase signs with it alone; the daily signature needs none", async () => {
  const own = await newCounty({ passphrase: "三月三" });
  const without = { tree: own.tree, keysFolder: own.keysFolder, nowMs: NOW };
  expect((await refreshCatalogue(without)).signed).toEqual(["timestamp"]);
  await expect(setThreshold({ ...without, threshold: 1 })).rejects.toThrow("这里只有 0 把");
  const wrong = { ...without, passphrase: "四月四", threshold: 1 };
  await expect(setThreshold(wrong)).rejects.toThrow("口令不对");
  await setThreshold({ ...own, threshold: 1 });
});

test("the same version with other bytes is refused, the same bytes are not", async () => {
  const other = copyOf("rice-blast-2026", (manifest) => {
    manifest.title = "另一个名字";
  });
  expect(await publishLessons([other], county)).toMatchObject({ ok: false, text: /加一/ });
  expect(await publishLessons([RICE], county)).toMatchObject({ ok: true });
});

test("a number that was ever given is never given to another lesson", async () => {
  const own = await newCounty();
  await publishLessons([RICE], own);
  expect(await withdrawLesson("rice-blast-2026", own)).not.toBeNull();
  expect(await withdrawLesson("rice-blast-2026", own)).toBeNull();
  const { number } = JSON.parse(readFileSync(join(RICE, "manifest.json"), "utf8"));
  const namesake = copyOf("study-day-howto", (manifest) => {
    manifest.number = number;
  });
  const result = await publishLessons([namesake], own);
  expect(result).toMatchObject({ ok: false });
  expect(result.ok ? "" : result.text).toContain(`片号 ${number} 已给过`);
});

test("a newer version takes the older one's place; an older one is refused", async () => {
  const own = await newCounty();
  const newer = copyOf("rice-blast-2026", (manifest) => {
    manifest.version = 99;
  });
  await publishLessons([RICE], own);
  await publishLessons([newer], own);
  const box = await boxOf(own.tree);
  await box.refresh();
  expect(box.lessons()).toMatchObject([{ id: "rice-blast-2026", version: 99 }]);
  const middle = copyOf("rice-blast-2026", (manifest) => {
    manifest.version = 50;
  });
  expect(await publishLessons([middle], own)).toMatchObject({ ok: false, text: /不能再发布/ });
});

test("a package that fails its check publishes nothing of what came with it", async () => {
  const broken = copyOf("study-day-howto", () => {});
  rmSync(join(broken, "poster.webp"));
  const before = readFileSync(join(county.tree, "metadata/timestamp.json"), "utf8");
  const result = await publishLessons([HOWTO, broken], county);
  expect(result).toMatchObject({ ok: false, findings: [{ path: "poster.webp" }] });
  expect(readFileSync(join(county.tree, "metadata/timestamp.json"), "utf8")).toBe(before);
});

test.each(["online", "lessons", "root"] as const)(
  "another %s key: a box that trusted the old one follows",
  async (role) => {
    const own = await newCounty();
    await publishLessons([RICE], own);
    const disk = new FakeDisk();
    const box = await boxOf(own.tree, disk);
    await box.refresh();
    await rotateKey({ ...own, role });
    await publishLessons([HOWTO], own);
    expect(await box.refresh()).toMatchObject({ kind: "fresh" });
    expect(box.lessons().map(({ id }) => id)).toEqual(["rice-blast-2026", "study-day-howto"]);
  },
);

test("a root key that was lost is replaced by the others", async () => {
  const own = await newCounty();
  const box = await boxOf(own.tree);
  await box.refresh();
  const root = JSON.parse(readFileSync(join(own.tree, "metadata/1.root.json"), "utf8")).signed;
  const [lost = ""] = root.roles.root.keyids;
  rmSync(join(own.keysFolder, "root-1.pem"));
  await rotateKey({ ...own, role: "root", name: lost.slice(0, 12) });
  expect(await box.refresh()).toMatchObject({ kind: "fresh" });
});

test("the daily signature is given once a day, and keeps everything fresh over the years", async () => {
  const own = await newCounty();
  expect(await signIfDue({ ...own, nowMs: NOW + DAY / 2 })).toBeNull();
  expect(await signIfDue({ ...own, nowMs: NOW + DAY })).toMatchObject({ timestampVersion: 2 });
  const late = await signIfDue({ ...own, nowMs: NOW + 320 * DAY });
  expect(late?.signed).toEqual(["lessons", "snapshot", "timestamp"]);
});

test("two do not publish at once", async () => {
  await withTreeLock(county.tree, async () => {
    await expect(withTreeLock(county.tree, async () => {})).rejects.toThrow("正在发布");
  });
  writeFileSync(join(county.tree, ".publishing"), "999999999\n");
  await withTreeLock(county.tree, async () => {});
});

test("a lost ledger stops publishing: numbers would be given twice", async () => {
  const own = await newCounty();
  await publishLessons([RICE], own);
  rmSync(join(own.tree, "published.json"));
  await expect(publishLessons([HOWTO], own)).rejects.toThrow("发布记录");
});

test("lesson new: the template is fit to be packed, and never writes over anything", async () => {
  const folder = join(work, "template");
  expect(await newLesson(folder)).toBe(true);
  expect(await newLesson(folder)).toBe(false);
  expect(await readFacts(join(folder, "lesson.json"))).toEqual({ ok: true, facts: NEW_FACTS });
  expect(isMaterial(NEW_MATERIAL)).toBe(true);
  expect(materialFindings("m", NEW_MATERIAL, { durationMs: 60_000 })).toEqual([]);
  expect(captionFindings("c", NEW_CAPTIONS, 60_000)).toEqual([]);
});
