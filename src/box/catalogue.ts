/** The county's signed catalogue, as far as this box knows one. */
import { CatalogueClient } from "../../media-cache/catalogue/catalogue-client.ts";
import { Origin } from "../../media-cache/catalogue/origin.ts";
import { RoleFiles } from "../../media-cache/catalogue/role-files.ts";
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
  /** Base of the county's console; null: this box has no county. */
  readonly console: string | null;
  readonly isSynced: () => boolean;
  readonly log: Log;
}

/** The security floor of this program: it was not written before. */
const FLOOR_UNIX_MS = Date.UTC(2026, 0, 1);
/** In the data folder; the first root lies beside the enrolment. */
const FIRST_ROOT = "root.json";
const META = "cache/catalogue/meta/";
const STATE = "cache/catalogue/state";

/** Null when there is nobody to ask, or nothing to believe them by. */
export async function openBoxCatalogue(parts: CatalogueParts): Promise<BoxCatalogue | null> {
  const { disk, clock, console, log } = parts;
  const files = new RoleFiles(disk, META);
  const firstRoot = await disk.read(FIRST_ROOT);
  if (console === null || (firstRoot === null && (await files.read("root")) === null)) return null;
  const trust = await TrustKeeper.open(new TwoGenerations(disk, STATE), FLOOR_UNIX_MS);
  if (trust === null) {
    log("catalogue state of a newer version: no refresh");
    return null;
  }
  if (trust.isLost) log("catalogue state lost");
  const url = `${console.replace(/\/+$/, "")}/origin`;
  const crypto = { verifier: nodeKeyVerifier(), sha256: nodeSha256 };
  const client = new CatalogueClient({
    ...{ http: nodeHttpClient, metadataUrl: `${url}/metadata`, files, trust, crypto, firstRoot },
    wall: () => ({ unixMs: clock.wallUnixMs(), isSynced: parts.isSynced() }),
  });
  const origin = new Origin(nodeHttpClient, url);
  const signed = new SignedCatalogue({ client, origin, targetsUrl: `${url}/targets`, crypto });
  await signed.open();
  return {
    origin: url,
    lessons: () => signed.lessons(),
    fetchManifest: (lesson) => signed.fetchManifest(lesson),
    async refresh() {
      const outcome = await signed.refresh();
      if (outcome.kind === "fresh") {
        if (outcome.isFrozen) log("catalogue frozen");
        return null;
      }
      return `${outcome.kind}: ${outcome.role}`;
    },
  };
}
