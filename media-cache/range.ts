/**
 * RFC 9110 §14 for one file that lies whole on the disk: which bytes to send, and under which
 * headers. Pure: the door reads the file and writes the answer.
 *
 * - R1. What `Content-Range` says, `from` and `to` say too; they never leave the file.
 * - R2. A range that cannot be understood, and more than one range, are answered with the whole
 *   file (§14.2 allows to ignore the field). Nothing here throws.
 * - R3. A range is honoured only for GET, and under `If-Range` only when the strong validator fits.
 */

export interface RangeRequest {
  readonly method: string;
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
}

export interface RangeTarget {
  readonly bytes: number;
  /** With its quotes, as it is sent: `"3fa9…"`. */
  readonly etag: string;
  /** As it is sent. Files named by their hash need none. */
  readonly lastModified?: string | undefined;
}

export interface RangePlan {
  readonly status: 200 | 206 | 416;
  /** First byte to send. */
  readonly from: number;
  /** Last byte to send, inclusive as in `Content-Range`; `from - 1` when there is no body. */
  readonly to: number;
  /** False for HEAD, for 416 and for an empty file: send the headers alone. */
  readonly hasBody: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const SPEC = /^(\d*)-(\d*)$/;

/** The one range of a header, as it was written; null for none, several, or nonsense. */
function onlySpec(header: string): RegExpExecArray | null {
  const equals = header.indexOf("=");
  if (equals < 0 || header.slice(0, equals).trim().toLowerCase() !== "bytes") return null;
  // A list may hold empty elements (§5.6.1.2).
  const parts = header
    .slice(equals + 1)
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return parts.length === 1 ? SPEC.exec(parts[0] ?? "") : null;
}

function suffixSpan(length: number, bytes: number): Span | "whole" | "unsatisfiable" {
  if (length === 0) return "unsatisfiable";
  // An empty file has no last byte that `Content-Range` could name.
  return bytes === 0 ? "whole" : { from: Math.max(0, bytes - length), to: bytes - 1 };
}

function spanOf(header: string, bytes: number): Span | "whole" | "unsatisfiable" {
  const spec = onlySpec(header);
  const first = spec?.[1] ?? "";
  const last = spec?.[2] ?? "";
  if (first === "") return last === "" ? "whole" : suffixSpan(Number(last), bytes);
  // Numbers too long for a double become Infinity, which is beyond every end, as it should be.
  const from = Number(first);
  const to = last === "" ? Number.POSITIVE_INFINITY : Number(last);
  if (to < from) return "whole";
  return from >= bytes ? "unsatisfiable" : { from, to: Math.min(to, bytes - 1) };
}

/** §13.1.5: strong comparison; a date must be the very `Last-Modified` that was sent. */
function isFresh(ifRange: string | undefined, target: RangeTarget): boolean {
  if (ifRange === undefined) return true;
  const validator = ifRange.trim();
  if (validator.startsWith('"')) return validator === target.etag;
  return target.lastModified !== undefined && validator === target.lastModified;
}

function spanAsked(request: RangeRequest, target: RangeTarget): Span | "whole" | "unsatisfiable" {
  if (request.range === undefined || request.method !== "GET") return "whole";
  return isFresh(request.ifRange, target) ? spanOf(request.range, target.bytes) : "whole";
}

function validators({ etag, lastModified }: RangeTarget): Record<string, string> {
  const headers: Record<string, string> = { "Accept-Ranges": "bytes", ETag: etag };
  if (lastModified !== undefined) headers["Last-Modified"] = lastModified;
  return headers;
}

export function planRange(request: RangeRequest, target: RangeTarget): RangePlan {
  const { bytes } = target;
  const span = spanAsked(request, target);
  const headers = validators(target);
  if (span === "unsatisfiable") {
    Object.assign(headers, { "Content-Range": `bytes */${bytes}`, "Content-Length": "0" });
    return { status: 416, from: 0, to: -1, hasBody: false, headers };
  }
  const status = span === "whole" ? 200 : 206;
  const { from, to } = span === "whole" ? { from: 0, to: bytes - 1 } : span;
  headers["Content-Length"] = String(to - from + 1);
  if (status === 206) headers["Content-Range"] = `bytes ${from}-${to}/${bytes}`;
  return { status, from, to, hasBody: request.method !== "HEAD" && to >= from, headers };
}
