/**
 * One try to bring one blob from its origin into the cache (docs/formats/cache.md).
 *
 * - Q1. A name appears in `blobs/` only with bytes that hash to it, durably.
 * - Q2. What came is kept for the next try, unless it is known to be wrong.
 * - Q3. A stop is heard between two pieces of at most 64 KiB, and while one is waited for; what has
 *   come is synced before the try ends.
 */
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";
import type {
  BodyPiece,
  FetchBody,
  FetchLimits,
  HttpFetch,
} from "../../platform/ports/http-fetch.ts";
import type { PartDisk } from "../../platform/ports/part-disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { Timer } from "../../platform/ports/timer.ts";
import { blobPath, partPath } from "../blob-store.ts";
import { type SpeedWatch, watchSpeed } from "./pace.ts";
import { PartWriter } from "./part-writer.ts";
import { judgeResponse, type Verdict } from "./response-rules.ts";
import type { StopSignal } from "./stop.ts";

export interface WantedBlob {
  readonly sha256: string;
  readonly bytes: number;
}

export interface BlobFetcherOptions {
  readonly http: HttpFetch;
  readonly parts: PartDisk;
  readonly blobs: BlobDisk;
  readonly sha256: Sha256;
  readonly timer: Timer;
  readonly cacheDir: string;
  readonly limits?: FetchLimits;
}

export interface BlobSource {
  /** Base of the origin, without a slash at its end. */
  readonly base: string;
  /** Hosts that redirects may lead to. */
  readonly hosts: readonly string[];
}

export interface Throttle {
  /** Called after each piece; resolves when the next one may be read. */
  spent(bytes: number): Promise<void>;
  /** False: tonight's bytes are used up. */
  readonly hasBudget: boolean;
}

export type BlobOutcome =
  | { readonly kind: "committed" }
  | { readonly kind: "stopped" }
  | { readonly kind: "over-budget" }
  | { readonly kind: "wait"; readonly afterMs: number | null }
  | { readonly kind: "missing" | "refused" | "portal" | "bad-origin" }
  | { readonly kind: "network"; readonly why: string }
  /** Whole, and not what its name says: the part is gone. `resumed`: its beginning was older. */
  | { readonly kind: "wrong-bytes"; readonly resumed: boolean }
  | { readonly kind: "no-space" | "disk-failed" };

export interface BlobTry {
  readonly outcome: BlobOutcome;
  /** Bytes that came over the network in this try. */
  readonly fetchedBytes: number;
  /** Bytes the part holds now: more than before is progress. */
  readonly heldBytes: number;
}

/** docs/formats/cache.md, time limits. */
export const FETCH_LIMITS: FetchLimits = { connectMs: 20_000, headersMs: 30_000, idleMs: 30_000 };
const HOPS_MAX = 5;
const CUT_SHORT: BlobOutcome = { kind: "network", why: "cut-short" };

interface Run {
  readonly wanted: WantedBlob;
  readonly source: BlobSource;
  readonly stop: StopSignal;
  readonly throttle: Throttle;
}

type Open = Extract<Verdict, { kind: "take" }> & { readonly body: FetchBody };

/** @throws what is no fault of a disk */
function diskOutcome(error: unknown): BlobOutcome {
  if (!(error instanceof StorageError)) throw error;
  return { kind: error.code === "no-space" ? "no-space" : "disk-failed" };
}

export class BlobFetcher {
  readonly #options: BlobFetcherOptions;
  readonly #limits: FetchLimits;
  /** Strong entity tags of the parts this process began: only for those `If-Range` is right. */
  readonly #tags = new Map<string, string>();

  constructor(options: BlobFetcherOptions) {
    this.#options = options;
    this.#limits = options.limits ?? FETCH_LIMITS;
  }

  async fetch(run: Run): Promise<BlobTry> {
    const path = partPath(this.#options.cacheDir, run.wanted.sha256);
    try {
      if (await this.#isThere(run.wanted)) {
        // A power cut between rename and what came after it; the part, if any, is of no use.
        await this.#options.parts.remove(path);
        return { outcome: { kind: "committed" }, fetchedBytes: 0, heldBytes: 0 };
      }
      const { bytes } = run.wanted;
      const file = await this.#options.parts.open(path);
      const writer = await PartWriter.resume(file, { bytes, hasher: this.#options.sha256 });
      return await this.#fetchInto(run, writer);
    } catch (error) {
      return { outcome: diskOutcome(error), fetchedBytes: 0, heldBytes: 0 };
    }
  }

  async #isThere({ sha256, bytes }: WantedBlob): Promise<boolean> {
    const { blobs, cacheDir } = this.#options;
    return (await blobs.stat(blobPath(cacheDir, sha256)))?.bytes === bytes;
  }

  async #fetchInto(run: Run, writer: PartWriter): Promise<BlobTry> {
    const { sha256 } = run.wanted;
    const { parts, cacheDir } = this.#options;
    const heldBefore = writer.heldBytes;
    try {
      const outcome = await this.#bring(run, writer);
      const { fetchedBytes, heldBytes } = writer;
      if (outcome.kind === "committed") this.#tags.delete(sha256);
      else await writer.keep();
      await writer.close();
      if (heldBytes === 0) await parts.remove(partPath(cacheDir, sha256));
      return { outcome, fetchedBytes, heldBytes };
    } catch (error) {
      const { fetchedBytes } = writer;
      return { outcome: diskOutcome(error), fetchedBytes, heldBytes: heldBefore };
    } finally {
      await writer.close().catch(() => {});
    }
  }

  async #bring(run: Run, writer: PartWriter): Promise<BlobOutcome> {
    const { wanted, stop, throttle } = run;
    const resumed = writer.heldBytes > 0;
    if (!writer.isFull) {
      if (stop.stopped) return { kind: "stopped" };
      if (!throttle.hasBudget) return { kind: "over-budget" };
      const opened = await this.#ask(run, writer);
      if (opened.kind !== "take") return opened;
      const ended = await this.#take(run, writer, opened);
      if (ended !== null) return ended;
    }
    if (writer.digest() !== wanted.sha256) {
      await writer.restart();
      return { kind: "wrong-bytes", resumed };
    }
    await writer.commit(blobPath(this.#options.cacheDir, wanted.sha256));
    return { kind: "committed" };
  }

  /** Follows redirects, and begins the part again when the origin cannot go on with it. */
  async #ask(run: Run, writer: PartWriter): Promise<Open | BlobOutcome> {
    const { sha256 } = run.wanted;
    let url = `${run.source.base}/blobs/${sha256.slice(0, 2)}/${sha256}`;
    for (let hop = 0; hop <= HOPS_MAX && !run.stop.stopped; hop += 1) {
      const verdict = await this.#askOnce(url, run, writer);
      if (verdict.kind === "redirect") url = verdict.url;
      else if (verdict.kind !== "restart") return verdict;
    }
    return { kind: run.stop.stopped ? "stopped" : "portal" };
  }

  async #askOnce(url: string, { wanted, source }: Run, writer: PartWriter) {
    const { sha256, bytes } = wanted;
    const headers = this.#headers(sha256, writer.heldBytes);
    const answer = await this.#options.http.open({ url, headers, limits: this.#limits });
    if (answer.kind === "failed") return { kind: "network", why: answer.why } as const;
    const asked = { url, offset: writer.heldBytes, bytes, hosts: source.hosts };
    const verdict = judgeResponse(asked, answer);
    if (verdict.kind === "take") {
      if (verdict.offset !== writer.heldBytes) await writer.restart();
      return { ...verdict, body: answer.body };
    }
    answer.body.cancel();
    if (verdict.kind === "restart") await writer.restart();
    // A full part is never asked for: an origin that says so all the same speaks of another file.
    return verdict.kind === "whole" ? ({ kind: "bad-origin" } as const) : verdict;
  }

  #headers(sha256: string, offset: number): Record<string, string> {
    const headers: Record<string, string> = { "Accept-Encoding": "identity" };
    if (offset === 0) return headers;
    headers.Range = `bytes=${offset}-`;
    const tag = this.#tags.get(sha256);
    if (tag !== undefined) headers["If-Range"] = tag;
    return headers;
  }

  /** Null: all bytes are there. */
  async #take(run: Run, writer: PartWriter, { body, etag }: Open): Promise<BlobOutcome | null> {
    const { wanted, stop } = run;
    if (etag === null) this.#tags.delete(wanted.sha256);
    else this.#tags.set(wanted.sha256, etag);
    const deaf = stop.onStop(() => body.cancel());
    try {
      return await this.#takeAll(run, writer, body);
    } finally {
      deaf();
      body.cancel();
    }
  }

  async #takeAll(run: Run, writer: PartWriter, body: FetchBody): Promise<BlobOutcome | null> {
    const { timer } = this.#options;
    let watch: SpeedWatch = { waitedMs: 0, bytes: 0 };
    for (;;) {
      const sinceMs = timer.nowMs();
      const piece = await body.read();
      const waitedMs = timer.nowMs() - sinceMs;
      if (run.stop.stopped) return { kind: "stopped" };
      if (piece.kind !== "bytes") return endOf(piece, writer);
      const refused = await takePiece(run, writer, piece.bytes);
      if (refused !== null) return refused;
      const watched = watchSpeed(watch, waitedMs, piece.bytes.length);
      if (watched.tooSlow) return { kind: "network", why: "too-slow" };
      watch = watched.watch;
    }
  }
}

/** Null: it ended where it should. */
function endOf(piece: Exclude<BodyPiece, { kind: "bytes" }>, writer: PartWriter) {
  if (piece.kind === "failed") return { kind: "network", why: piece.why } as const;
  return writer.isFull ? null : CUT_SHORT;
}

async function takePiece(
  { throttle }: Run,
  writer: PartWriter,
  bytes: Uint8Array,
): Promise<BlobOutcome | null> {
  if (!(await writer.write(bytes))) {
    // More than the blob has: endless data, or another file.
    await writer.restart();
    return { kind: "bad-origin" };
  }
  await throttle.spent(bytes.length);
  return throttle.hasBudget || writer.isFull ? null : { kind: "over-budget" };
}
