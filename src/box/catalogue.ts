/** The county's signed catalogue, as far as this box knows one. */
import { CatalogueClient } from "../../media-cache/catalogue/catalogue-client.ts";
import { Origin } from "../../media-cache/catalogue/origin.ts";
import { RoleFiles } from "../../media-cache/catalogue/role-files.ts";
import { isFrozen } from "../../media-cache/catalogue/security-clock.ts";
import { SignedCatalogue } from "../../media-cache/catalogue/signed-catalogue.ts";
import { TrustKeeper } from "../../media-cache/catalogue/trust-keeper.ts";
import { TwoGenerations } from "../../media-cache/refresh/two-generations.ts";
import { nodeHttpClient } from "../../platform/node/node-http-client.ts";
import { nodeKeyVerifier } from "../../platform/node/node-key-verifier.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { Log } from "./log.ts";
import type { BoxCatalogue } from "./refresh.ts";

export interface CatalogueParts {
  /** Of the data folder. */
  readonly disk: Disk;
  readonly clock: Clock;
  /** Base of `metadata/`, `targets/` and `blobs/`; null: this box has no county. */
  readonly origin: string | null;
  readonly isSynced: () => boolean;
  readonly log: Log;
}

/** The security floor of this program: it was not written before. */
const FLOOR_UNIX_MS = Date.UTC(2026, 0, 1);
/** In the data folder; the first root lies beside the enrolment. */
const FIRST_ROOT = "root.json";
const META_FOLDER = "cache/catalogue/meta";
const META = `${META_FOLDER}/`;
const STATE = "cache/catalogue/state";
/** The schema's bound for what is told of a trouble. */
const TROUBLE_MAX = 60;

/**
 * The root that an enrolment brought: another one than before is another beginning, and what was
 * trusted by the old one is let go of. @throws StorageError
 */
export async function adoptRoot(disk: Disk, root: Uint8Array): Promise<void> {
  const before = await disk.read(FIRST_ROOT);
  if (before !== null && isSame(before, root)) return;
  // The old beginning goes last: cut off in between, this is done again at the next start.
  for (const folder of [STATE, META_FOLDER]) {
    for (const name of await disk.list(folder)) await disk.remove(`${folder}/${name}`);
  }
  await disk.replace(FIRST_ROOT, root);
}

/** Has this box anything yet that it believes a catalogue by? */
export async function hasRoot(disk: Disk): Promise<boolean> {
  const found = [await disk.read(FIRST_ROOT), await new RoleFiles(disk, META).read("root")];
  return found.some((bytes) => bytes !== null);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Null when there is nobody to ask, or nothing to believe them by. */
export async function openBoxCatalogue(parts: CatalogueParts): Promise<BoxCatalogue | null> {
  const { disk, clock, log } = parts;
  const files = new RoleFiles(disk, META);
  const firstRoot = await disk.read(FIRST_ROOT);
  if (parts.origin === null) return null;
  if (firstRoot === null && (await files.read("root")) === null) return null;
  const trust = await TrustKeeper.open(new TwoGenerations(disk, STATE), FLOOR_UNIX_MS);
  if (trust === null) {
    log("catalogue state of a newer version: no refresh");
    return null;
  }
  if (trust.isLost) log("catalogue state lost");
  const url = parts.origin.replace(/\/+$/, "");
  let sinceLastMs = 0;
  const crypto = { verifier: nodeKeyVerifier(), sha256: nodeSha256 };
  const client = new CatalogueClient({
    ...{ http: nodeHttpClient, metadataUrl: `${url}/metadata`, files, trust, crypto, firstRoot },
    wall: () => ({ unixMs: clock.wallUnixMs(), isSynced: parts.isSynced() }),
    uptimeSinceLastMs: () => sinceLastMs,
  });
  const origin = new Origin(nodeHttpClient, url);
  const signed = new SignedCatalogue({ client, origin, targetsUrl: `${url}/targets`, crypto });
  await signed.open();
  return {
    origin: url,
    isLost: trust.isLost,
    isFrozen: () => isFrozen(trust.state.freeze),
    lessons: () => signed.lessons(),
    fetchManifest: (lesson) => signed.fetchManifest(lesson),
    async refresh(uptimeMs) {
      sinceLastMs = uptimeMs;
      const outcome = await signed.refresh();
      if (outcome.kind === "fresh") return { trouble: null, isRefused: false, mayInstall: true };
      const isRefused = outcome.kind === "refused";
      const trouble = `${outcome.kind}: ${outcome.role}${isRefused ? ` ${outcome.why}` : ""}`;
      const mayInstall = !isRefused && (await client.isKeptFresh());
      return { trouble: trouble.slice(0, TROUBLE_MAX), isRefused, mayInstall };
    },
  };
}
