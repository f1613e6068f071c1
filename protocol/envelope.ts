/**
 * The envelope of everything that the county signs: `{m, kid, sig}`, where `sig` is over the exact
 * string `m`. Taking apart only; who verifies has the keys and the cryptography.
 */
import type { Signed } from "./generated/types.ts";
import { isSigned } from "./generated/validators.js";

/** A generated validator, as far as this file needs to know. */
export type Check<T> = (value: unknown) => value is T;

export type Opened<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly why: EnvelopeFault };

/** Why a message was not believed. Counted under these names. */
export type EnvelopeFault =
  | "not-json"
  | "no-envelope"
  | "unknown-key"
  | "bad-signature"
  | "bad-message"
  | "other-box";

export function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Expected of strangers: the caller counts it and goes on.
    return null;
  }
}

/** The outer shell only: nothing in it may be believed yet. */
export function parseEnvelope(text: string): Opened<Signed> {
  const json = parseJson(text);
  if (!json) return { ok: false, why: "not-json" };
  if (!isSigned(json.value)) return { ok: false, why: "no-envelope" };
  return { ok: true, message: json.value };
}

export interface Seal<T> {
  readonly check: Check<T>;
  readonly boxId: string;
  /** Does a pinned key of this name vouch for the text? Null: no such key. */
  verify(signed: Signed): boolean | null;
}

/** Opens an envelope that must be for this box: the signature first, the content after. */
export function openEnvelope<T extends { readonly box: string }>(
  text: string,
  seal: Seal<T>,
): Opened<T> {
  const envelope = parseEnvelope(text);
  if (!envelope.ok) return envelope;
  const vouched = seal.verify(envelope.message);
  if (vouched === null) return { ok: false, why: "unknown-key" };
  if (!vouched) return { ok: false, why: "bad-signature" };
  const inner = parseJson(envelope.message.m);
  if (!inner || !seal.check(inner.value)) return { ok: false, why: "bad-message" };
  if (inner.value.box !== seal.boxId) return { ok: false, why: "other-box" };
  return { ok: true, message: inner.value };
}
