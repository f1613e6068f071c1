/**
 * The county's catalogue as this console keeps it: signs the day, says how it stands, and tells
 * when there is a new root for the boxes to begin with.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CatalogueEntry } from "../../../protocol/generated/types.ts";
import { isCatalogueEntry } from "../../../protocol/generated/validators.js";
import { signIfDue } from "../../supply/catalogue/daily-signing.ts";
import type { Due } from "../../supply/catalogue/release.ts";
import { SupplyError } from "../../supply/catalogue/supply-error.ts";
import { newestRoot, newestRootVersion, readTree } from "../../supply/catalogue/tree.ts";
import type { CountyClock } from "../clock.ts";
import { errorText, type Log } from "../log.ts";
import { type PublishedLesson, readPublished } from "./published-words.ts";

export interface OriginOptions {
  readonly tree: string;
  readonly keysFolder: string;
  readonly clock: CountyClock;
  readonly log: Log;
  /** Another root than the one before; null: there is a catalogue no more. */
  onRoot(root: OriginRoot | null): void;
  /** Lessons that were published since the start, or before it; again after an error. */
  onLessons(lessons: readonly PublishedLesson[]): Promise<void>;
}

export interface OriginRoot {
  readonly version: number;
  readonly sha256: string;
  /** The document, byte for byte. */
  readonly text: string;
}

export interface CatalogueState {
  readonly lessons: readonly CatalogueEntry[];
  readonly timestampVersion: number;
  readonly issuedAtMs: number | null;
  readonly expiresAtMs: number;
}

/** A publisher, or a clerk with a stick of keys, is noticed within so long. */
const LOOK_MS = 60_000;

export class Origin {
  readonly tree: string;
  readonly #options: OriginOptions;
  #root: OriginRoot | null = null;
  #trouble: string | null = null;
  #due: readonly Due[] = [];
  readonly #told = new Set<string>();
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: OriginOptions) {
    this.#options = options;
    this.tree = options.tree;
  }

  /** Looks now, and from then on. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    await this.look();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#looking;
  }

  /** Null: there is no catalogue yet. */
  get root(): OriginRoot | null {
    return this.#root;
  }

  /** Why the day could not be signed, in plain Chinese; null when it was. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** What must be signed with keys that are not here, before it expires. */
  get due(): readonly Due[] {
    return this.#due;
  }

  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  /** Null: there is none, or it cannot be read; `trouble` then says why. */
  async catalogue(): Promise<CatalogueState | null> {
    const published = await readTree(this.tree).catch(orNull);
    if (published === null) return null;
    const { timestamp, lessons } = published;
    const entries = Object.values(lessons.targets).map(({ custom }): unknown => custom);
    const issued = Date.parse(timestamp["x-issued"] ?? "");
    return {
      lessons: entries.filter(isCatalogueEntry),
      timestampVersion: timestamp.version,
      issuedAtMs: Number.isNaN(issued) ? null : issued,
      expiresAtMs: Date.parse(timestamp.expires),
    };
  }

  async #look(): Promise<void> {
    const { log } = this.#options;
    try {
      this.#takeRoot(await this.#readRoot());
      if (this.#root !== null) await this.#sign();
      this.#trouble = null;
    } catch (error) {
      const text = tellTrouble(error);
      if (text !== this.#trouble) log.warn("catalogue-not-signed", { why: errorText(error) });
      this.#trouble = text;
    }
    if (this.#root !== null) await this.#tellLessons();
  }

  async #tellLessons(): Promise<void> {
    try {
      const { lessons: listed } = await readTree(this.tree);
      const lessons = await readPublished(this.tree, listed, this.#told);
      if (lessons.length > 0) await this.#options.onLessons(lessons);
      for (const { sha256 } of lessons) this.#told.add(sha256);
    } catch (error) {
      // What is wrong with the tree is told above; a database that is away is back in a minute.
      this.#options.log.warn("published-words-not-taken", { why: errorText(error) });
    }
  }

  #takeRoot(root: OriginRoot | null): void {
    const isNew = root?.sha256 !== this.#root?.sha256;
    this.#root = root;
    if (isNew) this.#options.onRoot(root);
  }

  async #readRoot(): Promise<OriginRoot | null> {
    if ((await newestRootVersion(this.tree)) === 0) return null;
    const { version } = await newestRoot(this.tree);
    const text = await readFile(join(this.tree, "metadata", `${version}.root.json`), "utf8");
    return { version, text, sha256: createHash("sha256").update(text).digest("hex") };
  }

  async #sign(): Promise<void> {
    const { tree, keysFolder, clock, log } = this.#options;
    const released = await signIfDue({ tree, keysFolder, nowMs: clock.nowMs() });
    if (released === null) return;
    this.#due = released.due;
    log.info("catalogue-signed", { timestamp: released.timestampVersion });
  }
}

function orNull(error: unknown): null {
  if (error instanceof SupplyError) return null;
  throw error;
}

const DISK_WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "磁盘满了。请先腾出空间。",
  EDQUOT: "磁盘满了。请先腾出空间。",
  EACCES: "没有权限。请检查片源目录的权限。",
  EROFS: "磁盘是只读的。",
};

function tellTrouble(error: unknown): string {
  if (error instanceof SupplyError) return `每天的签名没有做成：${error.message}`;
  const { code = "" } = error as NodeJS.ErrnoException;
  return `每天的签名没有做成：${DISK_WORDS[code] ?? errorText(error)}`;
}
