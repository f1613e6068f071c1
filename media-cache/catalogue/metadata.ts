/**
 * One document of the catalogue, from bytes to something that may be believed. Pure.
 *
 * - A document is believed only when as many different keys as its role's threshold signed it.
 * - Nothing of it is looked at before, but for what finding its signatures needs.
 */
import type { KeyVerifier } from "../../platform/ports/key-verifier.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type {
  TufEnvelope,
  TufKey,
  TufKeys,
  TufMeta,
  TufRole,
  TufRoot,
  TufSnapshot,
  TufTargets,
  TufTimestamp,
} from "../../protocol/generated/types.ts";
import {
  isTufEnvelope,
  isTufRoot,
  isTufSnapshot,
  isTufTargets,
  isTufTimestamp,
} from "../../protocol/generated/validators.js";
import { parse } from "../manifest.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Why a document is not believed. */
export type Refusal =
  | "malformed"
  | "wrong-type"
  | "unsigned"
  | "wrong-version"
  | "rolled-back"
  | "role-removed"
  | "expired"
  | "wrong-length"
  | "wrong-hash"
  | "not-listed";

export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Refusal };

export interface Crypto {
  readonly verifier: KeyVerifier;
  readonly sha256: Sha256;
}

/** Who vouches for a role: the keys of the document that names it, and the role's entry there. */
export interface Delegator {
  readonly keys: TufKeys;
  readonly role: TufRole;
}

export function refuse(why: Refusal): { readonly ok: false; readonly why: Refusal } {
  return { ok: false, why };
}

/** Without a verdict on its signatures. */
export function readEnvelope(bytes: Uint8Array): TufEnvelope | null {
  const value = parse(bytes);
  return isTufEnvelope(value) ? value : null;
}

const CHECKS = {
  root: isTufRoot,
  timestamp: isTufTimestamp,
  snapshot: isTufSnapshot,
  targets: isTufTargets,
} as const;

interface Documents {
  readonly root: TufRoot;
  readonly timestamp: TufTimestamp;
  readonly snapshot: TufSnapshot;
  readonly targets: TufTargets;
}

/** Every one of the delegators must be satisfied: a new root has two. */
export function verifyDocument<K extends keyof Documents>(
  kind: K,
  bytes: Uint8Array,
  vouching: { readonly by: readonly Delegator[]; readonly crypto: Crypto },
): Verdict<Documents[K]> {
  const envelope = readEnvelope(bytes);
  if (envelope === null) return refuse("malformed");
  const isVouchedFor = vouching.by.every((delegator) =>
    isSigned(envelope, delegator, vouching.crypto),
  );
  if (!isVouchedFor) return refuse("unsigned");
  return readDocument(kind, envelope);
}

/** The shape alone. A root's shape must be known before its own keys can be asked. */
export function readDocument<K extends keyof Documents>(
  kind: K,
  { signed }: TufEnvelope,
): Verdict<Documents[K]> {
  if (signed._type !== kind) return refuse("wrong-type");
  const value: unknown = signed;
  return CHECKS[kind](value) ? { ok: true, value: value as Documents[K] } : refuse("malformed");
}

function isSigned(
  { signed, signatures }: TufEnvelope,
  { keys, role }: Delegator,
  { verifier, sha256 }: Crypto,
): boolean {
  const message = canonicalJson(signed);
  const ids = signatures.map(({ keyid }) => keyid);
  // TUF §4.2.1: a key's name stands once in the list.
  if (message === null || new Set(ids).size !== ids.length) return false;
  const signers = new Set<string>();
  for (const { keyid, sig } of signatures) {
    const key = role.keyids.includes(keyid) ? keyNamed(keyid, keys, sha256) : null;
    if (key === null || !verifier.verify(key, message, sig)) continue;
    // By the key itself, not its name: one key under two names is one signer.
    signers.add(`${key.keytype} ${key.keyval.public}`);
  }
  return signers.size >= role.threshold;
}

/** A name that is not the hash of its key belongs to nobody (TUF §4.2.1). */
function keyNamed(keyid: string, keys: TufKeys, sha256: Sha256): TufKey | null {
  const key = Object.hasOwn(keys, keyid) ? keys[keyid] : undefined;
  const text = key === undefined ? null : canonicalJson(key);
  return key !== undefined && text !== null && sha256.digest(text) === keyid ? key : null;
}

/** Length and SHA-256 as a signed document announced them. Either may be absent there. */
export function checkBytes(
  bytes: Uint8Array,
  { length, hashes }: Pick<TufMeta, "length" | "hashes">,
  sha256: Sha256,
): Refusal | null {
  if (length !== undefined && bytes.length !== length) return "wrong-length";
  if (hashes === undefined) return null;
  // A hash of a kind that we cannot work out proves nothing.
  return sha256.digest(bytes) === sha256Of(hashes) ? null : "wrong-hash";
}

export function sha256Of(hashes: Readonly<Record<string, string>>): string | null {
  return Object.hasOwn(hashes, "sha256") ? (hashes.sha256 ?? null) : null;
}
