/** `tuf-client init | refresh | download`. Tells what happened on stderr, one JSON line. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CatalogueClient, type Halt } from "../../media-cache/catalogue/catalogue-client.ts";
import { checkBytes, sha256Of } from "../../media-cache/catalogue/metadata.ts";
import { Origin, targetUrl } from "../../media-cache/catalogue/origin.ts";
import { encodeRole, RoleFiles } from "../../media-cache/catalogue/role-files.ts";
import { verifyFirstRoot } from "../../media-cache/catalogue/rules.ts";
import { TrustKeeper } from "../../media-cache/catalogue/trust-keeper.ts";
import { TwoGenerations } from "../../media-cache/refresh/two-generations.ts";
import { NodeClock } from "../../platform/node/node-clock.ts";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeHttpClient } from "../../platform/node/node-http-client.ts";
import { nodeKeyVerifier } from "../../platform/node/node-key-verifier.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { TufTarget } from "../../protocol/generated/types.ts";
import { sayingErrors } from "../lesson/say-error.ts";

export interface RefreshOptions {
  readonly metadataDir: string;
  readonly metadataUrl?: string;
  readonly strictClock?: true;
}

export interface DownloadOptions extends RefreshOptions {
  readonly targetName: readonly string[];
  readonly targetBaseUrl?: string;
  readonly targetDir?: string;
}

/** Others' repositories are read, too. */
const CRYPTO = { verifier: nodeKeyVerifier({ withRsa: true }), sha256: nodeSha256 };
/** The largest file that is fetched in one piece; lessons come in pieces of 8 MiB. */
const TARGET_MAX_BYTES = 256 * 1024 * 1024;
const clock = new NodeClock();

function tell(what: Record<string, unknown>, ok: boolean): void {
  process.stderr.write(`${JSON.stringify(what)}\n`);
  if (!ok) process.exitCode = 1;
}

export function initCommand({ metadataDir }: RefreshOptions, file: string): Promise<void> {
  return sayingErrors(async () => {
    const bytes = await readFile(file);
    const verdict = verifyFirstRoot(bytes, CRYPTO);
    if (!verdict.ok) return tell({ kind: "refused", role: "root", why: verdict.why }, false);
    const disk = new NodeDisk(resolve(metadataDir));
    const trust = await TrustKeeper.open(new TwoGenerations(disk, "state"), 0);
    if (trust === null) return tell({ kind: "newer-state" }, false);
    await trust.change({ highest: { root: verdict.value.version } });
    // Kept twice: should the first rot, the chain begins again from this one.
    await disk.replace("first/root.json", bytes);
    await new RoleFiles(disk, "").write("root", bytes);
    tell({ kind: "initialised", version: verdict.value.version }, true);
  });
}

async function openClient(options: RefreshOptions): Promise<CatalogueClient | null> {
  const disk = new NodeDisk(resolve(options.metadataDir));
  const trust = await TrustKeeper.open(new TwoGenerations(disk, "state"), 0);
  if (trust === null) {
    tell({ kind: "newer-state" }, false);
    return null;
  }
  return new CatalogueClient({
    http: nodeHttpClient,
    metadataUrl: options.metadataUrl ?? "",
    files: new RoleFiles(disk, ""),
    firstRoot: await disk.read("first/root.json"),
    trust,
    crypto: CRYPTO,
    isStrict: options.strictClock === true,
    // Nothing here knows whether the machine's clock was set by anybody.
    wall: () => ({ unixMs: clock.wallUnixMs(), isSynced: false }),
  });
}

async function refreshed(options: RefreshOptions): Promise<CatalogueClient | null> {
  const client = await openClient(options);
  const outcome = await client?.refresh();
  if (outcome !== undefined) tell({ ...outcome }, outcome.kind === "fresh");
  return outcome?.kind === "fresh" ? (client ?? null) : null;
}

export function refreshCommand(options: RefreshOptions): Promise<void> {
  return sayingErrors(async () => void (await refreshed(options)));
}

export function downloadCommand(options: DownloadOptions): Promise<void> {
  return sayingErrors(async () => {
    const client = await refreshed(options);
    if (client === null) return;
    for (const path of options.targetName) {
      if (!(await findAndDownload(client, options, path))) return;
    }
  });
}

/** False ends the command: the suite wants no target after one that failed. */
async function findAndDownload(
  client: CatalogueClient,
  options: DownloadOptions,
  path: string,
): Promise<boolean> {
  const search = await client.findTarget(path);
  const result = search.kind === "found" ? await download(options, path, search.target) : search;
  const ok = result.kind === "fetched" || result.kind === "here";
  tell({ target: path, ...result }, ok);
  return ok;
}

type Downloaded = { readonly kind: "fetched" | "here" } | Halt;

async function download(
  { targetDir = ".", targetBaseUrl = "" }: DownloadOptions,
  path: string,
  target: TufTarget,
): Promise<Downloaded> {
  const disk = new NodeDisk(resolve(targetDir));
  const name = encodeRole(path);
  const here = await disk.read(name);
  if (here !== null && checkBytes(here, target, nodeSha256) === null) return { kind: "here" };
  const hash = sha256Of(target.hashes);
  if (hash === null) return { kind: "refused", role: path, why: "wrong-hash" };
  const maxBytes = Math.min(target.length, TARGET_MAX_BYTES);
  const origin = new Origin(nodeHttpClient, targetBaseUrl);
  const answer = await origin.get(targetUrl(targetBaseUrl, path, hash), maxBytes);
  if (answer.kind === "too-large") return { kind: "refused", role: path, why: "too-large" };
  if (answer.kind !== "ok") return { kind: "unreachable", role: path };
  const wrong = checkBytes(answer.bytes, target, nodeSha256);
  if (wrong !== null) return { kind: "refused", role: path, why: wrong };
  await disk.replace(name, answer.bytes);
  return { kind: "fetched" };
}
