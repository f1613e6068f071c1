/**
 * New versions of the catalogue's documents, signed. Pure: what is written where is the caller's.
 */
import { createHash } from "node:crypto";
import { canonicalJson } from "../../../media-cache/catalogue/canonical-json.ts";
import type {
  TufMeta,
  TufRoot,
  TufSnapshot,
  TufTargets,
  TufTimestamp,
} from "../../../protocol/generated/types.ts";
import type { SigningKey } from "./key-folder.ts";
import { SupplyError } from "./supply-error.ts";

export const SPEC_VERSION = "1.0.31";
const DAY_MS = 86_400_000;

/** How long each role's signature is good (docs/formats/catalogue.md). */
export const GOOD_FOR_DAYS = {
  root: 3650,
  targets: 1825,
  lessons: 365,
  snapshot: 365,
  timestamp: 14,
} as const;

export function utc(unixMs: number): string {
  return `${new Date(unixMs).toISOString().slice(0, 19)}Z`;
}

export function expiryOf(role: keyof typeof GOOD_FOR_DAYS, nowMs: number): string {
  return utc(nowMs + GOOD_FOR_DAYS[role] * DAY_MS);
}

type Signed = TufRoot | TufSnapshot | TufTargets | TufTimestamp;

/** The bytes that are published. @throws SupplyError when too few of the keys are here */
export function signDocument(
  signed: Signed,
  keys: readonly SigningKey[],
  roles: readonly { readonly keyids: readonly string[]; readonly threshold: number }[],
): Uint8Array {
  for (const { keyids, threshold } of roles) {
    const here = keys.filter(({ keyid }) => keyids.includes(keyid)).length;
    if (here < threshold) throw new SupplyError(missing(signed._type, threshold, here));
  }
  const message = canonicalJson(signed);
  if (message === null) throw new SupplyError("目录里有写不成规范 JSON 的内容。");
  const wanted = new Set(roles.flatMap(({ keyids }) => keyids));
  const signatures = keys
    .filter(({ keyid }) => wanted.has(keyid))
    .map((key) => ({ keyid: key.keyid, sig: key.sign(message) }));
  return new TextEncoder().encode(`${JSON.stringify({ signatures, signed }, null, 1)}\n`);
}

const WHAT: Readonly<Record<Signed["_type"], string>> = {
  root: "根目录（root）",
  targets: "课件目录",
  snapshot: "快照（snapshot）",
  timestamp: "时间戳（timestamp）",
};

function missing(type: Signed["_type"], threshold: number, here: number): string {
  return `签${WHAT[type]}要 ${threshold} 把私钥，这里只有 ${here} 把。请用 --keys 指明放着私钥的文件夹（U 盘要插上）；私钥有口令的，加上 --passphrase-file。`;
}

/** With length and hash: a client then knows what it gets before it asks. */
export function metaFor(version: number, bytes: Uint8Array): TufMeta {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { version, length: bytes.length, hashes: { sha256 } };
}
