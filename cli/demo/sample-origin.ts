/** The demonstration's own origin: keys, catalogue, and the sample lessons in it. */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { makeCatalogue } from "../../console/supply/catalogue/manage-keys.ts";
import { publishLessons } from "../../console/supply/catalogue/publish.ts";
import { newestRootVersion, readTree } from "../../console/supply/catalogue/tree.ts";
import { NodeClock } from "../../platform/node/node-clock.ts";
import { ProgramFailed } from "./program.ts";

export interface OriginPlan {
  /** Of the demonstration. */
  readonly data: string;
  /** Of its county. */
  readonly countyData: string;
  /** Packages. */
  readonly folders: readonly string[];
}

/** A real county has two of three; here they lie in a folder, and the console does not see them. */
const ROOT_KEYS = 3;
const THRESHOLD = 2;

/** Only what is missing is done: a demonstration that ran before keeps its keys and catalogue. */
export async function publishSamples({ data, countyData, folders }: OriginPlan): Promise<void> {
  const tree = join(countyData, "origin");
  const keysFolder = join(data, "signing-keys");
  await mkdir(countyData, { recursive: true, mode: 0o700 });
  const common = { tree, keysFolder, nowMs: new NodeClock().wallUnixMs() };
  if ((await newestRootVersion(tree)) === 0) {
    await makeCatalogue({ ...common, rootKeys: ROOT_KEYS, threshold: THRESHOLD });
  }
  const { lessons } = await readTree(tree);
  const published = Object.keys(lessons.targets).map((path) => path.split("/")[1]);
  const missing = folders.filter((folder) => !published.includes(folder.split("/").at(-1)));
  if (missing.length > 0) {
    const result = await publishLessons(missing, { ...common, priority: 0, withoutFilm: true });
    if (!result.ok) throw new ProgramFailed(`样片发布不了：${result.text}`);
  }
  await giveOnlineKey(keysFolder, join(countyData, "keys/catalogue"));
}

/** What signs the day: the one key that a console has. */
async function giveOnlineKey(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  await copyFile(join(from, "online-1.pem"), join(to, "online-1.pem"));
}
