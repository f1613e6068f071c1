/**
 * What of the tree is served, by name (docs/formats/catalogue.md, The tree): nothing that is not
 * named here, so that no path leads out of it. Pure.
 */

export interface OriginFile {
  /** Below the tree; the same characters that were asked for. */
  readonly path: string;
  readonly type: string;
  /** Its name says which bytes it has: it never changes. */
  readonly isForever: boolean;
  /** Its own hash, where it is named by it. */
  readonly sha256: string | null;
}

const JSON_TYPE = "application/json; charset=utf-8";
const TIMESTAMP = /^metadata\/timestamp\.json$/;
const METADATA = /^metadata\/[1-9][0-9]{0,9}\.[a-z][a-z0-9-]{0,31}\.json$/;
const MANIFEST =
  /^targets\/lessons\/[a-z0-9][a-z0-9-]{0,63}\/([0-9a-f]{64})\.[1-9][0-9]{0,8}\.json$/;
const BLOB = /^blobs\/([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;

/** @param path of the URL behind `/origin/`, not decoded. Null: there is no such file. */
export function originFile(path: string): OriginFile | null {
  const json = { path, type: JSON_TYPE };
  if (TIMESTAMP.test(path)) return { ...json, isForever: false, sha256: null };
  if (METADATA.test(path)) return { ...json, isForever: true, sha256: null };
  const manifest = MANIFEST.exec(path)?.[1];
  if (manifest !== undefined) return { ...json, isForever: true, sha256: manifest };
  const blob = BLOB.exec(path)?.[2];
  if (blob === undefined) return null;
  return { path, type: "application/octet-stream", isForever: true, sha256: blob };
}

/** RFC 9110 §13.1.2: does one of the tags that the client has fit? */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}
