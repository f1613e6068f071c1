/**
 * Fills a demonstration's box with the samples: lessons through the cache, roster, today's plan.
 */
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { samplePlan } from "../../console/supply/samples/plan.ts";
import { importLesson } from "../../media-cache/import-lesson.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { Material, Method, Plan, Roster } from "../../protocol/generated/types.ts";
import { SEED_METHOD } from "../../src/room/seed-method.ts";
import { PLACES } from "../places.ts";
import { ProgramFailed } from "./program.ts";

const UTC_OFFSET_MS = 480 * 60_000;

export interface SampleLesson {
  readonly sha256: string;
  /** The exact bytes of the manifest, as text. */
  readonly manifest: string;
  readonly material: Material;
}

export interface SampleData {
  readonly lessons: readonly SampleLesson[];
  readonly roster: Roster;
  readonly plan: Plan;
  readonly method: Method;
}

/** Only what is missing is brought: a demonstration that ran before keeps what it has. */
export async function bringSamples(boxData: string, samples = PLACES.samples): Promise<SampleData> {
  const folders = (await readdir(samples, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(samples, name));
  const lessons: SampleLesson[] = [];
  for (const folder of folders) lessons.push(await bringLesson(boxData, folder));
  const roster = await bringRoster(join(boxData, "register/roster.json"), samples);
  const plan = await bringPlan(join(boxData, "plan.json"));
  await bringSettings(join(boxData, "settings.json"));
  return { lessons, roster, plan, method: SEED_METHOD };
}

async function bringLesson(boxData: string, packageDir: string): Promise<SampleLesson> {
  const cacheDir = join(boxData, "cache");
  const imported = await importLesson({
    disk: new NodeBlobDisk(),
    sha256: nodeSha256,
    cacheDir,
    packageDir,
  });
  if (!imported.ok) throw new ProgramFailed(`样片放不进缓存:${imported.text}`);
  const { sha256, manifest } = imported.entry;
  const text = await readFile(join(packageDir, "manifest.json"), "utf8");
  const material = await readFile(join(packageDir, manifest.entry.material), "utf8");
  return { sha256, manifest: text, material: JSON.parse(material) as Material };
}

async function bringRoster(path: string, samples: string): Promise<Roster> {
  if (!existsSync(path)) {
    await writeDurableFile(path, await readFile(join(samples, "roster.json")));
  }
  return JSON.parse(readFileSync(path, "utf8")) as Roster;
}

/** A demonstration begins at home, not with the first set-up of a TV. */
async function bringSettings(path: string): Promise<void> {
  if (!existsSync(path)) await writeDurableFile(path, '{"setUp":true}\n');
}

/** There is always something to study today. */
async function bringPlan(path: string): Promise<Plan> {
  const today = new Date(Date.now() + UTC_OFFSET_MS).toISOString().slice(0, 10);
  const old = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Plan) : null;
  if (old?.days.some(({ date }) => date === today)) return old;
  const plan = { ...samplePlan(today), version: (old?.version ?? 0) + 1 };
  await writeDurableFile(path, `${JSON.stringify(plan)}\n`);
  return plan;
}
