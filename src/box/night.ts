/**
 * The overnight refresh with the adapters of this machine. It follows the county: a box that was
 * just enrolled, or told of another origin, goes on with that one, without a restart.
 */
import type { RefreshSettings } from "../../media-cache/refresh/when.ts";
import { DEFAULT_SETTINGS } from "../../media-cache/refresh/when.ts";
import { nodeHttpClient } from "../../platform/node/node-http-client.ts";
import { NodeHttpFetch } from "../../platform/node/node-http-fetch.ts";
import { NodePartDisk } from "../../platform/node/node-part-disk.ts";
import { nodeRandom } from "../../platform/node/node-random.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { nodeTimer } from "../../platform/node/node-timer.ts";
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type {
  Enrolment,
  NightState,
  RefreshPayload,
  SupplyConfig,
} from "../../protocol/generated/types.ts";
import type { Register } from "../register/register.ts";
import type { Room } from "../room/room.ts";
import { adoptRoot, hasRoot, openBoxCatalogue } from "./catalogue.ts";
import type { Log } from "./log.ts";
import type { Offer } from "./offer.ts";
import { type BoxRefresh, startRefresh } from "./refresh.ts";

export interface NightParts {
  readonly disk: Disk;
  readonly blobs: BlobDisk;
  readonly cacheDir: string;
  readonly clock: Clock;
  readonly register: Register;
  readonly room: Room;
  /** Is told what is supplied from now on. */
  readonly offer: Offer;
  onLessons(): Promise<void>;
  readonly log: Log;
}

/** A root is a few kilobytes; docs/formats/catalogue.md limits it. */
const ROOT_BYTES_MAX = 64 * 1024;
const ROOT_TIMEOUT_MS = 60_000;

export class Nights {
  readonly #parts: NightParts;
  readonly #http = new NodeHttpFetch();
  readonly #listeners = new Set<() => void>();
  #enrolment: Enrolment | null = null;
  #config: SupplyConfig | null = null;
  #refresh: BoxRefresh | null = null;
  /** What the running refresh fetches from. */
  #origin: string | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(parts: NightParts) {
    this.#parts = parts;
  }

  /** This box belongs to that county from now on. */
  enrolled(enrolment: Enrolment): Promise<void> {
    return this.#then(async () => {
      this.#enrolment = enrolment;
      const { supply } = enrolment;
      if (supply !== undefined) await this.#adopt(new TextEncoder().encode(supply.root));
      await this.#follow();
    });
  }

  /** The county's settings; absent: an older county, which has nothing to say of lessons. */
  configured(config: SupplyConfig | undefined): Promise<void> {
    return this.#then(async () => {
      this.#config = config ?? null;
      await this.#bringRoot();
      await this.#follow();
      this.#refresh?.lookAgain();
    });
  }

  /** The last refresh of which there was something to tell. */
  last(): RefreshPayload | null {
    return this.#refresh?.last() ?? null;
  }

  /** Null: this box is told of no catalogue. */
  state(): NightState | null {
    return this.#refresh?.state() ?? null;
  }

  /** @returns the function that ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    await this.#then(() => this.#stopRefresh());
    this.#http.close();
  }

  /** One after the other: a box may be enrolled and configured in one breath. */
  #then(act: () => Promise<void>): Promise<void> {
    this.#working = this.#working.then(act).catch((error: unknown) => {
      if (!(error instanceof StorageError)) throw error;
      // The disk: what was fetched is there, and the next settings or start try again.
      this.#parts.log("refresh not set up", { why: error.message });
    });
    return this.#working;
  }

  async #adopt(root: Uint8Array): Promise<void> {
    await this.#stopRefresh();
    await adoptRoot(this.#parts.disk, root);
  }

  /** A box that was enrolled before its county had a catalogue learns here what to believe. */
  async #bringRoot(): Promise<void> {
    const { disk, log } = this.#parts;
    const { origin, root } = this.#config ?? { origin: "", root: null };
    if (root === null || (await hasRoot(disk))) return;
    const url = `${origin.replace(/\/+$/, "")}/metadata/${root.version}.root.json`;
    const limits = { maxBytes: ROOT_BYTES_MAX, timeoutMs: ROOT_TIMEOUT_MS };
    const answer = await nodeHttpClient.get({ url, ...limits });
    // The hash came with the county's signature.
    if (answer.kind === "ok" && nodeSha256.digest(answer.bytes) === root.sha256) {
      await this.#adopt(answer.bytes);
    } else {
      log("first root not fetched", { url, why: answer.kind });
    }
  }

  #originNow(): string | null {
    if (this.#config !== null) return this.#config.origin;
    const { supply, console } = this.#enrolment ?? {};
    if (supply !== undefined) return supply.origin;
    return console === undefined ? null : `${console.replace(/\/+$/, "")}/origin`;
  }

  #settings(): RefreshSettings {
    return this.#config ?? DEFAULT_SETTINGS;
  }

  async #follow(): Promise<void> {
    const origin = this.#originNow();
    if (this.#refresh !== null && this.#origin === origin) return;
    await this.#stopRefresh();
    const { disk, clock, log, room } = this.#parts;
    const isSynced = () => room.night().now !== null;
    const catalogue = await openBoxCatalogue({ disk, clock, log, origin, isSynced });
    if (catalogue === null) return;
    this.#origin = origin;
    this.#refresh = await startRefresh({
      ...this.#parts,
      ...{ http: this.#http, catalogue, parts: new NodePartDisk() },
      ...{ timer: nodeTimer, random: nodeRandom, sha256: nodeSha256 },
      settings: () => this.#settings(),
      onChange: () => this.#tell(),
    });
    this.#parts.offer.use(this.#refresh);
    this.#tell();
  }

  #tell(): void {
    this.#parts.room.refresh();
    for (const listener of this.#listeners) listener();
  }

  async #stopRefresh(): Promise<void> {
    await this.#refresh?.stop();
    this.#refresh = null;
    this.#parts.offer.use(null);
    this.#origin = null;
  }
}
