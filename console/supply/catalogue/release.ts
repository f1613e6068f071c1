/**
 * Brings out a new state of the catalogue: signs what changed, and everything above it.
 *
 * - The timestamp is written last: until then nobody knows of the rest, and a run that broke off is
 *   done again under the same versions.
 * - A new root is out as soon as it is written; what it needs is signed before.
 */
import { join } from "node:path";
import type {
  TufMeta,
  TufRole,
  TufRoot,
  TufTargets,
  TufTimestamp,
} from "../../../protocol/generated/types.ts";
import type { SigningKey } from "./key-folder.ts";
import { expiryOf, metaFor, SPEC_VERSION, signDocument, utc } from "./sign.ts";
import { type Published, writeWhole } from "./tree.ts";

export interface ReleaseOptions {
  readonly tree: string;
  readonly keys: readonly SigningKey[];
  readonly nowMs: number;
  /** Null for the very first. */
  readonly before: Published | null;
  /** What is to be different; versions, expiry and signatures are seen to here. */
  readonly root?: TufRoot;
  readonly targets?: TufTargets;
  readonly lessons?: TufTargets;
}

export interface Released {
  readonly timestampVersion: number;
  /** Names of the documents that were signed anew. */
  readonly signed: readonly string[];
  /** About to expire, and the keys that sign them are not here. */
  readonly due: readonly Due[];
}

export interface Due {
  readonly role: "root" | "targets" | "lessons";
  readonly expires: string;
}

/** Signed anew when less than this is left of its time: months for whoever holds the key. */
const RENEW_DAYS = 60;
const DAY_MS = 86_400_000;

/** @throws SupplyError */
export async function release(options: ReleaseOptions): Promise<Released> {
  const files = prepare(options);
  for (const { name, bytes } of files) {
    await writeWhole(join(options.tree, "metadata", name), bytes);
  }
  const { timestamp } = options.before ?? {};
  return {
    timestampVersion: (timestamp?.version ?? 0) + 1,
    signed: files.map(({ name }) => name.replace(/^\d+\.|\.json$/g, "")),
    due: dueWithoutKeys(options, files),
  };
}

interface SignedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Everything is signed before anything is written: a key that is missing changes nothing. */
function prepare(options: ReleaseOptions): SignedFile[] {
  const { before, keys, nowMs } = options;
  const files: SignedFile[] = [];
  const root = options.root ?? before?.root;
  if (root === undefined) throw new TypeError("a catalogue begins with a root");
  if (options.root !== undefined) files.push(signRoot(options.root, options));
  const meta: Record<string, TufMeta> = { ...before?.snapshot.meta };
  for (const part of targetsToSign(options, root)) {
    const version = (meta[`${part.role}.json`]?.version ?? 0) + 1;
    const signed = { ...part.document, version, expires: expiryOf(part.role, nowMs) };
    const bytes = signDocument(signed, keys, [part.by]);
    meta[`${part.role}.json`] = metaFor(version, bytes);
    files.push({ name: `${version}.${part.role}.json`, bytes });
  }
  const snapshot = signSnapshot(options, { root, meta, isNew: files.length > 0 });
  if (snapshot !== null) files.push(snapshot.file);
  files.push(signTimestamp(options, root, snapshot?.meta));
  // The root first: whoever comes in between can then check what follows.
  return files;
}

function signRoot(root: TufRoot, { before, keys, nowMs }: ReleaseOptions): SignedFile {
  const version = (before?.root.version ?? 0) + 1;
  const signed = { ...root, version, expires: expiryOf("root", nowMs) };
  const by = [...(before === null ? [] : [before.root.roles.root]), root.roles.root];
  return { name: `${version}.root.json`, bytes: signDocument(signed, keys, by) };
}

interface Part {
  readonly role: "targets" | "lessons";
  readonly document: TufTargets;
  readonly by: TufRole;
}

/** What changed, what is about to expire, and what other keys have to sign from now on. */
function targetsToSign(options: ReleaseOptions, root: TufRoot): Part[] {
  const { before, nowMs } = options;
  const parts: Part[] = [];
  const targets = options.targets ?? before?.targets;
  const lessons = options.lessons ?? before?.lessons;
  const delegation = targets?.delegations?.roles.find(({ name }) => name === "lessons");
  if (targets === undefined || lessons === undefined || delegation === undefined) {
    throw new TypeError("a catalogue begins with targets and lessons");
  }
  // Whoever has the online keys alone still signs the day: the rest is told, and can wait.
  const isDue = ({ expires }: TufTargets, by: TufRole) =>
    isEnding(expires, nowMs) && canSign(by, options.keys);
  const isNewRoot = options.root !== undefined;
  if (options.targets !== undefined || isNewRoot || isDue(targets, root.roles.targets)) {
    parts.push({ role: "targets", document: targets, by: root.roles.targets });
  }
  if (
    options.lessons !== undefined ||
    options.targets !== undefined ||
    isDue(lessons, delegation)
  ) {
    parts.push({ role: "lessons", document: lessons, by: delegation });
  }
  return parts;
}

function canSign({ keyids, threshold }: TufRole, keys: readonly SigningKey[]): boolean {
  return keys.filter(({ keyid }) => keyids.includes(keyid)).length >= threshold;
}

function dueWithoutKeys({ before, nowMs }: ReleaseOptions, files: readonly SignedFile[]): Due[] {
  if (before === null) return [];
  const { root, targets, lessons } = before;
  return Object.entries({ root, targets, lessons }).flatMap(([name, { expires }]) => {
    const role = name as Due["role"];
    const isSigned = files.some((file) => file.name.endsWith(`.${role}.json`));
    return isSigned || !isEnding(expires, nowMs) ? [] : [{ role, expires }];
  });
}

function isEnding(expires: string, nowMs: number): boolean {
  return Date.parse(expires) - nowMs < RENEW_DAYS * DAY_MS;
}

function signSnapshot(
  { before, keys, nowMs }: ReleaseOptions,
  content: { root: TufRoot; meta: Record<string, TufMeta>; isNew: boolean },
): { file: SignedFile; meta: TufMeta } | null {
  const { root, meta, isNew } = content;
  const old = before?.snapshot;
  if (old !== undefined && !isNew && !isEnding(old.expires, nowMs)) return null;
  const version = (old?.version ?? 0) + 1;
  const expires = expiryOf("snapshot", nowMs);
  const head = { _type: "snapshot" as const, spec_version: SPEC_VERSION, version, expires };
  const bytes = signDocument({ ...head, meta }, keys, [root.roles.snapshot]);
  return { file: { name: `${version}.snapshot.json`, bytes }, meta: metaFor(version, bytes) };
}

function signTimestamp(
  { before, keys, nowMs }: ReleaseOptions,
  root: TufRoot,
  snapshot: TufMeta | undefined,
): SignedFile {
  const old = before?.timestamp;
  const meta = snapshot ?? old?.meta["snapshot.json"];
  if (meta === undefined) throw new TypeError("a catalogue begins with a snapshot");
  const signed: TufTimestamp = {
    _type: "timestamp",
    spec_version: SPEC_VERSION,
    version: (old?.version ?? 0) + 1,
    expires: expiryOf("timestamp", nowMs),
    "x-issued": utc(nowMs),
    meta: { "snapshot.json": meta },
  };
  return { name: "timestamp.json", bytes: signDocument(signed, keys, [root.roles.timestamp]) };
}
