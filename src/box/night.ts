/** The overnight refresh with the adapters of this machine, when there is a county to ask. */
import { NodeHttpFetch } from "../../platform/node/node-http-fetch.ts";
import { NodePartDisk } from "../../platform/node/node-part-disk.ts";
import { nodeRandom } from "../../platform/node/node-random.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { nodeTimer } from "../../platform/node/node-timer.ts";
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { Register } from "../register/register.ts";
import type { Room } from "../room/room.ts";
import { loadEnrolment } from "./box-files.ts";
import { openBoxCatalogue } from "./catalogue.ts";
import type { Log } from "./log.ts";
import { type BoxRefresh, startRefresh } from "./refresh.ts";

export interface NightParts {
  readonly disk: Disk;
  readonly blobs: BlobDisk;
  readonly cacheDir: string;
  readonly clock: Clock;
  readonly register: Register;
  readonly room: Room;
  readonly enrolmentPath: string;
  onLessons(): Promise<void>;
  readonly log: Log;
}

/** A box without a county: its lessons come from sticks. */
const NO_REFRESH: BoxRefresh = { last: () => null, stop: () => Promise.resolve() };

/** @throws StartError when the enrolment cannot be read */
export async function startNights(parts: NightParts): Promise<BoxRefresh> {
  const enrolment = await loadEnrolment(parts.enrolmentPath);
  const catalogue = await openBoxCatalogue({
    ...{ disk: parts.disk, clock: parts.clock, log: parts.log },
    console: enrolment?.console ?? null,
    isSynced: () => parts.room.night().now !== null,
  });
  if (catalogue === null) return NO_REFRESH;
  const http = new NodeHttpFetch();
  const refresh = await startRefresh({
    ...parts,
    ...{ http, catalogue, parts: new NodePartDisk() },
    ...{ timer: nodeTimer, random: nodeRandom, sha256: nodeSha256 },
  });
  return {
    last: () => refresh.last(),
    async stop() {
      await refresh.stop();
      http.close();
    },
  };
}
