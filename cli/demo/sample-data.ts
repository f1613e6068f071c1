/**
 * Fills a demonstration's box with the samples: lessons through the cache, roster, today's plan.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { samplePlan } from "../../console/supply/samples/plan.ts";
import { importLesson } from "../../media-cache/import-lesson.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type {
  LessonManifest,
  Material,
  Method,
  Plan,
  Roster,
} from "../../protocol/generated/types.ts";
import type { NewNoticeRequest } from "../../protocol/notice-api.ts";
import { SEED_METHOD } from "../../src/room/seed-method.ts";
import { PLACES } from "../places.ts";
import { ProgramFailed } from "./program.ts";

const UTC_OFFSET_MS = 480 * 60_000;
const DAY_MS = 86_400_000;

function dayIn(days: number): string {
  return new Date(Date.now() + UTC_OFFSET_MS + days * DAY_MS).toISOString().slice(0, 10);
}

/** What a county might say in the week before a study day. */
export function sampleNotice(): NewNoticeRequest {
  return {
    title: "请核对名册和纸质签到册",
    text: "下个电教日以前，请把名册和纸质签到册对一遍，有人来、有人走的告诉镇里。\n电教日当天提前十分钟开机，试一试声音。",
    from: "县委组织部",
    until: dayIn(14),
    audience: { kind: "all" },
  };
}

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

/** The packages of the samples, one folder each. */
export async function sampleFolders(samples = PLACES.samples): Promise<string[]> {
  const entries = await readdir(samples, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(samples, name));
}

export interface BringOptions {
  readonly samples?: string;
  /** Lessons that are to come over the county's origin. */
  readonly except?: readonly string[];
}

/** Only what is missing is brought: a demonstration that ran before keeps what it has. */
export async function bringSamples(
  boxData: string,
  { samples = PLACES.samples, except = [] }: BringOptions = {},
): Promise<SampleData> {
  const lessons: SampleLesson[] = [];
  for (const folder of await sampleFolders(samples)) {
    if (!except.includes(basename(folder))) await importInto(boxData, folder);
    lessons.push(await readLesson(folder));
  }
  const roster = await bringRoster(join(boxData, "register/roster.json"), samples);
  const plan = await bringPlan(join(boxData, "plan.json"));
  await bringSettings(join(boxData, "settings.json"));
  return { lessons, roster, plan, method: SEED_METHOD };
}

async function importInto(boxData: string, packageDir: string): Promise<void> {
  const cacheDir = join(boxData, "cache");
  const imported = await importLesson({
    disk: new NodeBlobDisk(),
    sha256: nodeSha256,
    cacheDir,
    packageDir,
  });
  if (!imported.ok) throw new ProgramFailed(`样片放不进缓存：${imported.text}`);
}

async function readLesson(packageDir: string): Promise<SampleLesson> {
  const text = await readFile(join(packageDir, "manifest.json"), "utf8");
  const sha256 = createHash("sha256").update(text).digest("hex");
  const manifest = JSON.parse(text) as LessonManifest;
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
  const today = dayIn(0);
  const old = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Plan) : null;
  if (old?.days.some(({ date }) => date === today)) return old;
  const plan = { ...samplePlan(today), version: (old?.version ?? 0) + 1 };
  await writeDurableFile(path, `${JSON.stringify(plan)}\n`);
  return plan;
}
