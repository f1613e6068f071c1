/** Roster, plan, method and notices of each box, and the words of lessons. */

import type {
  DocRef,
  LessonManifest,
  Material,
  Method,
  Plan,
  Roster,
} from "../../../protocol/generated/types.ts";
import { type LessonWords, lessonWordsOf } from "../../../protocol/lesson-words.ts";
import { STAGE_NAMES } from "../../../protocol/stage-names.ts";
import type { Queries } from "../database/database.ts";

/** Those that are put here by people; notices are made of what was issued. */
export const DOC_KINDS = ["roster", "plan", "method"] as const;
export type DocKind = (typeof DOC_KINDS)[number];
export type KeptDocKind = DocKind | "notices";
export type Doc = Roster | Plan | Method;

export interface NewDoc {
  readonly box: string;
  readonly kind: KeptDocKind;
  readonly version: number;
  readonly sha256: string;
  /** The exact bytes that are given to the box, as text. */
  readonly body: string;
  readonly nowMs: number;
}

/** The newest one replaces the one before: names that are gone from a roster are gone here too. */
export async function putDoc(db: Queries, doc: NewDoc): Promise<void> {
  const { box, kind, version, sha256, body, nowMs } = doc;
  await db.rows(
    `insert into docs (box, kind, version, sha256, body, put_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (box, kind) do update set version = excluded.version, sha256 = excluded.sha256,
       body = excluded.body, put_at = excluded.put_at`,
    [box, kind, version, sha256, body, nowMs],
  );
}

export async function putMethod(
  db: Queries,
  { sha256, body, method }: { sha256: string; body: string; method: Method },
): Promise<void> {
  await db.rows(
    `insert into methods (sha256, id, version, body) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [sha256, method.id, method.version, body],
  );
}

export async function findDocBody(
  db: Queries,
  box: string,
  sha256: string,
): Promise<string | null> {
  const [row] = await db.rows<{ body: string }>(
    "select body from docs where box = $1 and sha256 = $2",
    [box, sha256],
  );
  return row?.body ?? null;
}

export function findRoster(db: Queries, box: string): Promise<Roster | null> {
  return findDocOf<Roster>(db, box, "roster");
}

/** What was checked on its way in. */
export async function findDocOf<T>(db: Queries, box: string, kind: KeptDocKind): Promise<T | null> {
  const [row] = await db.rows<{ body: string }>(
    "select body from docs where box = $1 and kind = $2",
    [box, kind],
  );
  return row === undefined ? null : (JSON.parse(row.body) as T);
}

export interface ConfigSource {
  readonly box: string;
  readonly name: string;
  readonly version: number;
  readonly docs: Partial<Record<KeptDocKind, DocRef>>;
  /** Grows when the county wants the box to refresh at once. */
  readonly ask: number;
}

/** What the boxes' settings are made of; of one box, or of all. */
export async function configSources(db: Queries, box: string | null): Promise<ConfigSource[]> {
  const rows = await db.rows<ConfigRow>(
    `select b.id, b.name, b.config_version, b.refresh_ask,
       coalesce((select json_agg(json_build_object('kind', d.kind, 'version', d.version,
         'sha256', d.sha256, 'bytes', octet_length(d.body))) from docs d where d.box = b.id), '[]')
         as docs
     from boxes b where $1::text is null or b.id = $1 order by b.id`,
    [box],
  );
  return rows.map(({ id, name, config_version: version, refresh_ask: ask, docs }) => ({
    box: id,
    name,
    version,
    ask,
    docs: Object.fromEntries(docs.map(({ kind, ...ref }) => [kind, ref])),
  }));
}

interface ConfigRow {
  readonly id: string;
  readonly name: string;
  readonly config_version: number;
  readonly refresh_ask: number;
  readonly docs: readonly DocRow[];
}

interface DocRow extends DocRef {
  readonly kind: KeptDocKind;
}

export interface NewLesson {
  readonly sha256: string;
  readonly manifestText: string;
  readonly manifest: LessonManifest;
  readonly material: Material;
  readonly nowMs: number;
}

export async function putLesson(db: Queries, lesson: NewLesson): Promise<void> {
  const { sha256, manifestText, manifest, material, nowMs } = lesson;
  await db.rows(
    `insert into lessons (sha256, id, version, manifest, material, put_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (sha256) do update set material = excluded.material`,
    [sha256, manifest.id, manifest.version, manifestText, JSON.stringify(material), nowMs],
  );
}

/** The words of the lessons that a register names, by lesson id. */
export async function lessonWords(
  db: Queries,
  hashes: readonly string[],
): Promise<Record<string, LessonWords>> {
  const rows = await db.rows<{ id: string; manifest: string; material: string }>(
    "select id, manifest, material from lessons where sha256 = any($1::text[])",
    [hashes],
  );
  return Object.fromEntries(
    rows.map(({ id, manifest, material }) => [
      id,
      lessonWordsOf(JSON.parse(manifest) as LessonManifest, JSON.parse(material) as Material),
    ]),
  );
}

/** By stage id. @param body of a method document */
export function stageNamesIn(body: string): Record<string, string> {
  const { stages } = JSON.parse(body) as { stages: { id: string; name: string }[] };
  return Object.fromEntries(stages.map(({ id, name }) => [id, name]));
}

/** Of several methods at once, for books over many sessions. */
export async function stageNamesFor(
  db: Queries,
  hashes: readonly string[],
): Promise<Record<string, string>> {
  const rows = await db.rows<{ body: string }>(
    "select body from methods where sha256 = any($1::text[])",
    [hashes],
  );
  return Object.assign({}, STAGE_NAMES, ...rows.map(({ body }) => stageNamesIn(body)));
}
