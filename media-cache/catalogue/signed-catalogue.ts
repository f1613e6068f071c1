/** `Catalogue` from signed metadata: refreshed from the origin, listed from what is kept. */
import type { TufTarget, TufTargets } from "../../protocol/generated/types.ts";
import { isCatalogueEntry } from "../../protocol/generated/validators.js";
import { MANIFEST_MAX_BYTES } from "../manifest.ts";
import type { Catalogue, CatalogueLesson } from "./catalogue.ts";
import type { CatalogueClient, RefreshOutcome } from "./catalogue-client.ts";
import { type Crypto, checkBytes, sha256Of } from "./metadata.ts";
import { type Origin, targetUrl } from "./origin.ts";
import { searchTarget } from "./search.ts";

export interface SignedCatalogueOptions {
  readonly client: CatalogueClient;
  readonly origin: Pick<Origin, "get">;
  readonly targetsUrl: string;
  readonly crypto: Crypto;
}

const LESSON_PATH = /^lessons\/([a-z0-9][a-z0-9-]{0,63})\/([1-9]\d{0,8})\.json$/;

interface Listed {
  readonly lesson: CatalogueLesson;
  readonly path: string;
  readonly target: TufTarget;
}

export class SignedCatalogue implements Catalogue {
  readonly #options: SignedCatalogueOptions;
  #listed: readonly Listed[] = [];
  #lessons: readonly CatalogueLesson[] = [];

  constructor(options: SignedCatalogueOptions) {
    this.#options = options;
  }

  /** Lists what was trusted before the process started. Asks nobody. */
  async open(): Promise<void> {
    const { client, crypto } = this.#options;
    this.#listed = listLessons(await client.kept(), crypto);
    this.#lessons = this.#listed.map(({ lesson }) => lesson);
  }

  /** @throws StorageError */
  async refresh(): Promise<RefreshOutcome> {
    const { client } = this.#options;
    const outcome = await client.refresh();
    if (outcome.kind !== "fresh") return outcome;
    const halt = await client.fetchDelegations();
    if (halt !== null) return halt;
    await this.open();
    return outcome;
  }

  lessons(): readonly CatalogueLesson[] {
    return this.#lessons;
  }

  async fetchManifest({ manifest }: Pick<CatalogueLesson, "manifest">): Promise<Uint8Array | null> {
    const { origin, targetsUrl, crypto } = this.#options;
    const listed = this.#listed.find(({ lesson }) => lesson.manifest === manifest);
    if (listed === undefined) return null;
    const url = targetUrl(targetsUrl, listed.path, manifest);
    const answer = await origin.get(url, listed.target.length);
    if (answer.kind !== "ok") return null;
    return checkBytes(answer.bytes, listed.target, crypto.sha256) === null ? answer.bytes : null;
  }
}

/** Role → its document; `targets` is the first. */
export type Documents = ReadonlyMap<string, TufTargets>;

/** Q1: of each lesson the newest version that a role lists which may speak for it. Pure. */
export function listLessons(documents: Documents, crypto: Pick<Crypto, "sha256">): Listed[] {
  const newest = new Map<string, Listed>();
  const paths = [...documents.values()].flatMap(({ targets }) => Object.keys(targets));
  for (const path of new Set(paths)) {
    const target = LESSON_PATH.test(path) ? resolve(path, documents, crypto) : null;
    const listed = target === null ? null : toListed(path, target);
    const before = newest.get(listed?.lesson.id ?? "");
    if (listed !== null && listed.lesson.version > (before?.lesson.version ?? 0)) {
      newest.set(listed.lesson.id, listed);
    }
  }
  return [...newest.values()];
}

function resolve(
  path: string,
  documents: Documents,
  { sha256 }: Pick<Crypto, "sha256">,
): TufTarget | null {
  const targets = documents.get("targets");
  if (targets === undefined) return null;
  const search = searchTarget(path, targets, sha256);
  let step = search.next();
  while (step.done !== true) step = search.next(documents.get(step.value.role) ?? null);
  return step.value;
}

/** A target whose words about itself do not fit its name is not listed. */
function toListed(path: string, target: TufTarget): Listed | null {
  const [, id = "", version = ""] = LESSON_PATH.exec(path) ?? [];
  const entry: unknown = target.custom;
  const manifest = sha256Of(target.hashes);
  if (manifest === null) return null;
  if (isNewerEntry(entry)) {
    const lesson = { id, version: Number(version), manifest, ...headOf(entry, id) };
    return { path, target, lesson: { ...lesson, manifestBytes: target.length } };
  }
  if (!isCatalogueEntry(entry)) return null;
  if (entry.id !== id || entry.version !== Number(version)) return null;
  if (target.length > MANIFEST_MAX_BYTES) return null;
  const { number, title, category, priority, bytes, initials = "", durationMs = 0 } = entry;
  const words = { number, title, category, initials, durationMs };
  const facts = { ...words, priority, bytes, manifestBytes: target.length };
  return { path, target, lesson: { id, version: entry.version, manifest, ...facts } };
}

const NEWEST_ENTRY = 1;

function isNewerEntry(entry: unknown): entry is Readonly<Record<string, unknown>> {
  if (typeof entry !== "object" || entry === null || !("v" in entry)) return false;
  return Number.isSafeInteger(entry.v) && Number(entry.v) > NEWEST_ENTRY;
}

/** What can be shown of an entry that only a newer program reads; the path says which it is. */
function headOf(entry: Readonly<Record<string, unknown>>, id: string) {
  const { title, category, number } = entry;
  const text = (value: unknown, otherwise: string) =>
    typeof value === "string" && value.length <= TITLE_MAX ? value : otherwise;
  const words = { title: text(title, id), category: text(category, ""), number: text(number, "") };
  return { ...words, initials: "", durationMs: 0, priority: 0, bytes: 0, isBeyond: true };
}

const TITLE_MAX = 40;
