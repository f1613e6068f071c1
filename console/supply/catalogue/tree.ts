/**
 * The static tree that boxes fetch from (docs/formats/catalogue.md, The tree). Files are whole or
 * not there; what has a version or a hash in its name is never written twice with other bytes.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readDocument, readEnvelope } from "../../../media-cache/catalogue/metadata.ts";
import { settleFile, writeDurableFile } from "../../../platform/node/node-durable-file.ts";
import type {
  TufRoot,
  TufSnapshot,
  TufTargets,
  TufTimestamp,
} from "../../../protocol/generated/types.ts";
import { SupplyError } from "./supply-error.ts";

export interface Published {
  readonly root: TufRoot;
  readonly timestamp: TufTimestamp;
  readonly snapshot: TufSnapshot;
  readonly targets: TufTargets;
  readonly lessons: TufTargets;
}

interface Kinds {
  readonly root: TufRoot;
  readonly timestamp: TufTimestamp;
  readonly snapshot: TufSnapshot;
  readonly targets: TufTargets;
}

/** @throws SupplyError when there is no catalogue in it, or a damaged one. */
export async function readTree(tree: string): Promise<Published> {
  const root = await newestRoot(tree);
  const timestamp = await readOne(tree, "timestamp.json", "timestamp");
  const version = timestamp.meta["snapshot.json"].version;
  const snapshot = await readOne(tree, `${version}.snapshot.json`, "snapshot");
  const of = (role: string) => `${snapshot.meta[`${role}.json`]?.version ?? 0}.${role}.json`;
  const targets = await readOne(tree, of("targets"), "targets");
  const lessons = await readOne(tree, of("lessons"), "targets");
  return { root, timestamp, snapshot, targets, lessons };
}

/** 0: there is no catalogue in it. */
export async function newestRootVersion(tree: string): Promise<number> {
  const names = await readdir(join(tree, "metadata")).catch(() => []);
  const versions = names.map((name) => Number(/^(\d+)\.root\.json$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...versions);
}

/** @throws SupplyError */
export async function newestRoot(tree: string): Promise<TufRoot> {
  const version = await newestRootVersion(tree);
  if (version === 0) {
    throw new SupplyError(`${tree} 里还没有片源目录。请先执行 lesson keys make。`);
  }
  return readOne(tree, `${version}.root.json`, "root");
}

async function readOne<K extends keyof Kinds>(
  tree: string,
  name: string,
  kind: K,
): Promise<Kinds[K]> {
  const bytes = await readFile(join(tree, "metadata", name)).catch(() => null);
  const envelope = bytes === null ? null : readEnvelope(bytes);
  const reading = envelope === null ? null : readDocument(kind, envelope);
  if (reading?.ok === true) return reading.value as Kinds[K];
  throw new SupplyError(`片源目录坏了：读不了 metadata/${name}。请从备份里恢复它。`);
}

export function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  return writeDurableFile(path, bytes);
}

/** Copies one file of a package, hashing it as it goes by. @throws SupplyError when it differs */
export async function copyBlob(from: string, tree: string, sha256: string): Promise<void> {
  const path = join(tree, "blobs", sha256.slice(0, 2), sha256);
  if ((await hashOf(path)) === sha256) return;
  await settleFile(path, async (aside) => {
    const hash = createHash("sha256");
    const through = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(createReadStream(from), through, createWriteStream(aside, { flush: true }));
    if (hash.digest("hex") !== sha256) throw new SupplyError(`文件在发布时变了：${from}。`);
  });
}

/** Null when it cannot be read. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest("hex");
  } catch {
    return null;
  }
}
