/** `lesson keys`: the first keys and the first catalogue, later other keys and other thresholds. */
import type { TufRole, TufRoot, TufTargets } from "../../../protocol/generated/types.ts";
import { type KeyRole, makeKey, readKeys, type SigningKey } from "./key-folder.ts";
import { release } from "./release.ts";
import { SPEC_VERSION } from "./sign.ts";
import { SupplyError } from "./supply-error.ts";
import { newestRoot, readTree } from "./tree.ts";

export interface KeysOptions {
  readonly tree: string;
  readonly keysFolder: string;
  readonly passphrase?: string | undefined;
  readonly nowMs: number;
}

export interface MakeOptions extends KeysOptions {
  readonly rootKeys: number;
  readonly threshold: number;
}

const ROOT_KEYS_MAX = 16;

/** @throws SupplyError */
export async function makeCatalogue(options: MakeOptions): Promise<readonly SigningKey[]> {
  const { tree, keysFolder: folder, passphrase, nowMs, rootKeys, threshold } = options;
  refuseThreshold(threshold, rootKeys);
  if (await exists(tree)) throw new SupplyError(`${tree} 里已有片源目录，没有动它。`);
  const keys: SigningKey[] = [];
  for (let n = 0; n < rootKeys; n += 1) {
    keys.push(await makeKey({ folder, role: "root", passphrase }));
  }
  keys.push(await makeKey({ folder, role: "lessons" }));
  keys.push(await makeKey({ folder, role: "online" }));
  const root = firstRoot(keys, threshold);
  const targets = delegating(keys.filter(({ role }) => role === "lessons"));
  const lessons: TufTargets = { ...targetsHead(), targets: {} };
  await release({ tree, keys, nowMs, before: null, root, targets, lessons });
  return keys;
}

function refuseThreshold(threshold: number, keys: number): void {
  const fits = Number.isInteger(threshold) && threshold >= 1 && threshold <= keys;
  if (!fits || keys > ROOT_KEYS_MAX) {
    const text = `私钥 ${keys} 把、要 ${threshold} 把才能签：不行。最多 ${ROOT_KEYS_MAX} 把，要签的不能比有的多。`;
    throw new SupplyError(text);
  }
}

async function exists(tree: string): Promise<boolean> {
  return newestRoot(tree).then(
    () => true,
    () => false,
  );
}

/** Version and expiry are set when it is brought out. */
const UNSET = { spec_version: SPEC_VERSION, version: 1, expires: "1970-01-01T00:00:00Z" };

function targetsHead() {
  return { _type: "targets" as const, ...UNSET };
}

function firstRoot(keys: readonly SigningKey[], threshold: number): TufRoot {
  const idsOf = (role: KeyRole) =>
    keys.filter((key) => key.role === role).map(({ keyid }) => keyid);
  const known = keys.filter(({ role }) => role !== "lessons");
  const online = { keyids: idsOf("online"), threshold: 1 };
  return {
    _type: "root",
    ...UNSET,
    consistent_snapshot: true,
    keys: Object.fromEntries(known.map(({ keyid, key }) => [keyid, key])),
    roles: {
      root: { keyids: idsOf("root"), threshold },
      targets: { keyids: idsOf("root"), threshold: 1 },
      snapshot: online,
      timestamp: online,
    },
  };
}

function delegating(keys: readonly SigningKey[]): TufTargets {
  const role = {
    name: "lessons",
    keyids: keys.map(({ keyid }) => keyid),
    threshold: 1,
    terminating: true,
    paths: ["lessons/*/*"],
  };
  const known = Object.fromEntries(keys.map(({ keyid, key }) => [keyid, key]));
  return { ...targetsHead(), targets: {}, delegations: { keys: known, roles: [role] } };
}

/**
 * Another key in the place of one, which may be lost. Without a name: of the first of that role.
 */
export async function rotateKey(
  options: KeysOptions & {
    readonly role: KeyRole;
    readonly name?: string | undefined /* `root-1`, or how its id begins */;
  },
): Promise<SigningKey> {
  const { tree, keysFolder: folder, passphrase, nowMs, role } = options;
  const before = await readTree(tree);
  const keys = await readKeys(folder, passphrase);
  const used = usedKeys(before, role);
  const named = keys.find(({ name }) => name === `${options.name}.pem`)?.keyid ?? options.name;
  const old = used.find((keyid) => named === undefined || keyid.startsWith(named));
  if (old === undefined) throw new SupplyError(`现在用着的私钥里没有 ${options.name ?? role}。`);
  const passphraseOf = role === "root" ? passphrase : undefined;
  const fresh = await makeKey({ folder, role, passphrase: passphraseOf });
  const all = [...keys, fresh];
  const change =
    role === "lessons"
      ? { targets: withLessonsKey(before.targets, old, fresh) }
      : { root: withKey(before.root, old, fresh) };
  await release({ tree, keys: all, nowMs, before, ...change });
  return fresh;
}

function usedKeys(before: { root: TufRoot; targets: TufTargets }, role: KeyRole): string[] {
  if (role === "root") return before.root.roles.root.keyids;
  if (role === "online") return before.root.roles.timestamp.keyids;
  return before.targets.delegations?.roles.flatMap(({ keyids }) => keyids) ?? [];
}

function swap(role: TufRole, old: string, fresh: SigningKey): TufRole {
  const keyids = role.keyids.map((id) => (id === old ? fresh.keyid : id));
  return { ...role, keyids };
}

function withKey(root: TufRoot, old: string, fresh: SigningKey): TufRoot {
  const { [old]: _gone, ...others } = root.keys;
  const { root: own, targets, snapshot, timestamp } = root.roles;
  return {
    ...root,
    keys: { ...others, [fresh.keyid]: fresh.key },
    roles: {
      root: swap(own, old, fresh),
      targets: swap(targets, old, fresh),
      snapshot: swap(snapshot, old, fresh),
      timestamp: swap(timestamp, old, fresh),
    },
  };
}

function withLessonsKey(targets: TufTargets, old: string, fresh: SigningKey): TufTargets {
  const { keys = {}, roles = [] } = targets.delegations ?? {};
  const { [old]: _gone, ...others } = keys;
  const swapped = roles.map((role) => ({ ...role, ...swap(role, old, fresh) }));
  const known = { ...others, [fresh.keyid]: fresh.key };
  return { ...targets, delegations: { keys: known, roles: swapped as typeof roles } };
}

/** How many of the root keys it takes from now on. */
export async function setThreshold(
  options: KeysOptions & { readonly threshold: number },
): Promise<void> {
  const { tree, keysFolder, passphrase, nowMs, threshold } = options;
  const before = await readTree(tree);
  const { root } = before;
  refuseThreshold(threshold, root.roles.root.keyids.length);
  const keys = await readKeys(keysFolder, passphrase);
  const roles = { ...root.roles, root: { ...root.roles.root, threshold } };
  await release({ tree, keys, nowMs, before, root: { ...root, roles } });
}
