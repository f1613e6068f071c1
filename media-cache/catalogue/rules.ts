/**
 * The client workflow of TUF 1.0 §5, each step a pure verdict on one document, under our rules for
 * versions and clocks (docs/formats/catalogue.md).
 */
import type {
  TufMeta,
  TufRole,
  TufRoot,
  TufSnapshot,
  TufTargets,
  TufTimestamp,
} from "../../protocol/generated/types.ts";
import {
  type Crypto,
  checkBytes,
  type Delegator,
  readDocument,
  readEnvelope,
  refuse,
  type Verdict,
  verifyDocument,
} from "./metadata.ts";

/** Role → highest version that was ever accepted. */
export type Highest = Readonly<Record<string, number>>;

export type TopRole = "root" | "timestamp" | "snapshot" | "targets";

export function delegatorOf(root: TufRoot, role: TopRole): Delegator {
  return { keys: root.keys, role: root.roles[role] };
}

/** A root that was brought here by hand: it vouches for itself. */
export function verifyFirstRoot(bytes: Uint8Array, crypto: Crypto): Verdict<TufRoot> {
  const envelope = readEnvelope(bytes);
  const reading = envelope === null ? refuse("malformed") : readDocument("root", envelope);
  if (!reading.ok) return reading;
  return verifyDocument("root", bytes, { by: [delegatorOf(reading.value, "root")], crypto });
}

/** §5.3: signed by the one before and by itself, and its next version. */
export function verifyNextRoot(
  bytes: Uint8Array,
  before: TufRoot,
  crypto: Crypto,
): Verdict<TufRoot> {
  const by = [delegatorOf(before, "root")];
  const old = verifyDocument("root", bytes, { by, crypto });
  if (!old.ok) return old;
  const own = verifyDocument("root", bytes, { by: [delegatorOf(old.value, "root")], crypto });
  if (!own.ok) return own;
  return own.value.version === before.version + 1 ? own : refuse("wrong-version");
}

/** §5.3.11: a key of timestamp or snapshot was taken away, perhaps from a thief. */
export function takesOnlineKeyAway(before: TufRoot, after: TufRoot): boolean {
  const lost = (old: TufRole, now: TufRole) => old.keyids.some((id) => !now.keyids.includes(id));
  return (
    lost(before.roles.timestamp, after.roles.timestamp) ||
    lost(before.roles.snapshot, after.roles.snapshot)
  );
}

/** What the versions fall back to then: the root's alone. */
export function forgetOnline(highest: Highest): Highest {
  return highest.root === undefined ? {} : { root: highest.root };
}

export interface Believed {
  readonly root: TufRoot;
  readonly highest: Highest;
  readonly crypto: Crypto;
}

/** §5.4, but for expiry. */
export function verifyTimestamp(bytes: Uint8Array, believed: Believed): Verdict<TufTimestamp> {
  const { root, highest, crypto } = believed;
  const by = [delegatorOf(root, "timestamp")];
  const reading = verifyDocument("timestamp", bytes, { by, crypto });
  if (!reading.ok) return reading;
  const { version, meta } = reading.value;
  const isOlder =
    version < (highest.timestamp ?? 0) || meta["snapshot.json"].version < (highest.snapshot ?? 0);
  return isOlder ? refuse("rolled-back") : reading;
}

/** §5.5, but for expiry. */
export function verifySnapshot(
  bytes: Uint8Array,
  announced: TufMeta,
  { root, highest, crypto }: Believed,
): Verdict<TufSnapshot> {
  const wrong = checkBytes(bytes, announced, crypto.sha256);
  if (wrong !== null) return refuse(wrong);
  const by = [delegatorOf(root, "snapshot")];
  const reading = verifyDocument("snapshot", bytes, { by, crypto });
  if (!reading.ok) return reading;
  const { version, meta } = reading.value;
  if (version !== announced.version) return refuse("wrong-version");
  const before = Object.entries(highest).filter(([role]) => !isTop(role));
  for (const [role, seen] of before) {
    const now = metaOf(meta, role);
    if (now === null) return refuse("role-removed");
    if (now.version < seen) return refuse("rolled-back");
  }
  return metaOf(meta, "targets") === null ? refuse("not-listed") : reading;
}

function isTop(role: string): boolean {
  return role === "root" || role === "timestamp" || role === "snapshot";
}

/** A delegation to a role of the top level is to nobody. */
export function metaOf(meta: TufSnapshot["meta"], role: string): TufMeta | null {
  if (isTop(role)) return null;
  const name = `${role}.json`;
  return Object.hasOwn(meta, name) ? (meta[name] ?? null) : null;
}

/** §5.6, but for expiry. `role` is `targets` or a delegated one. */
export function verifyTargets(
  bytes: Uint8Array,
  announced: TufMeta,
  vouching: { readonly by: Delegator; readonly crypto: Crypto },
): Verdict<TufTargets> {
  const wrong = checkBytes(bytes, announced, vouching.crypto.sha256);
  if (wrong !== null) return refuse(wrong);
  const { by, crypto } = vouching;
  const reading = verifyDocument("targets", bytes, { by: [by], crypto });
  if (!reading.ok) return reading;
  return reading.value.version === announced.version ? reading : refuse("wrong-version");
}

/** The versions of everything that a snapshot lists. */
export function highestOf(snapshot: TufSnapshot): Highest {
  return Object.fromEntries(
    Object.entries(snapshot.meta)
      .filter(([name]) => name.endsWith(".json") && !isTop(name.slice(0, -5)))
      .map(([name, { version }]) => [name.slice(0, -5), version]),
  );
}
