/**
 * The county's signing keys: one file a key, `<role>-<n>.pem` (PKCS #8), 0600 in a folder of 0700.
 * Those of `root` belong on a stick in a drawer; `online` and `lessons` on the console's machine.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../../../media-cache/catalogue/canonical-json.ts";
import type { TufKey } from "../../../protocol/generated/types.ts";
import { SupplyError } from "./supply-error.ts";

/** `online` signs snapshot and timestamp, `root` also targets. */
export type KeyRole = "root" | "lessons" | "online";

export interface SigningKey {
  readonly name: string;
  readonly role: KeyRole;
  readonly keyid: string;
  readonly key: TufKey;
  /** Hex, over exactly these bytes. */
  sign(message: Uint8Array): string;
}

const NAME = /^(root|lessons|online)-(\d{1,4})\.pem$/;

/** A key under a passphrase is left out without it. @throws SupplyError */
export async function readKeys(folder: string, passphrase?: string): Promise<SigningKey[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name)).sort();
  const keys: SigningKey[] = [];
  for (const name of names) {
    const pem = await readFile(join(folder, name), "utf8");
    await refuseOpenToOthers(join(folder, name));
    if (isLocked(pem) && passphrase === undefined) continue;
    keys.push(toSigningKey(name, openPem(name, pem, passphrase)));
  }
  return keys;
}

async function refuseOpenToOthers(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0 || process.platform === "win32") return;
  throw new SupplyError(`私钥文件别人也能读：${path}。请先执行 chmod 600 ${path}。`);
}

function isLocked(pem: string): boolean {
  return pem.includes("ENCRYPTED");
}

function openPem(name: string, pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey(isLocked(pem) ? { key: pem, passphrase: passphrase ?? "" } : pem);
  } catch (cause) {
    throw new SupplyError(`私钥 ${name} 打不开：口令不对，或文件坏了。`, { cause });
  }
}

function toSigningKey(name: string, privateKey: KeyObject): SigningKey {
  const publicPem = createPublicKey(privateKey).export({ type: "spki", format: "pem" });
  const keyval = { public: String(publicPem) };
  const key = { keytype: "ecdsa", scheme: "ecdsa-sha2-nistp256", keyval };
  const role = (NAME.exec(name)?.[1] ?? "online") as KeyRole;
  return {
    ...{ name, role, key, keyid: keyIdOf(key) },
    sign: (message) => sign("sha256", message, privateKey).toString("hex"),
  };
}

/** TUF §4.2.1: the SHA-256 of the key's canonical JSON. */
export function keyIdOf(key: TufKey): string {
  return createHash("sha256")
    .update(canonicalJson(key) ?? new Uint8Array(0))
    .digest("hex");
}

export interface MakeKeyOptions {
  readonly folder: string;
  readonly role: KeyRole;
  /** For keys that leave the drawer now and then; online keys work at night, with nobody there. */
  readonly passphrase?: string | undefined;
}

/** The next number of its role. Never writes over a key. */
export async function makeKey(options: MakeKeyOptions): Promise<SigningKey> {
  const { folder, role, passphrase } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const taken = (await readdir(folder)).map((name) => NAME.exec(name));
  const numbers = taken.map((match) => (match?.[1] === role ? Number(match[2]) : 0));
  const name = `${role}-${Math.max(0, ...numbers) + 1}.pem`;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const cipher = passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase };
  const pem = privateKey.export({ type: "pkcs8", format: "pem", ...cipher });
  await writeFile(join(folder, name), pem, { mode: 0o600, flag: "wx", flush: true });
  return toSigningKey(name, privateKey);
}
