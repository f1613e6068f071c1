/**
 * What an answer to the request for a blob is worth: the table of docs/formats/cache.md. Pure.
 * A status proves nothing, `Content-Range` does; a clean end proves nothing, the signed length and
 * the hash do.
 */

export interface Asked {
  readonly url: string;
  /** Bytes that are in the part already. */
  readonly offset: number;
  /** Of the whole blob, as signed. */
  readonly bytes: number;
  /** Hosts (with port) that a redirect may lead to. */
  readonly hosts: readonly string[];
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export type Verdict =
  /** The body is the blob from `offset` on; 0 when the part is to be begun again. */
  | { readonly kind: "take"; readonly offset: number; readonly etag: string | null }
  /** The part is as long as the blob: hash it. */
  | { readonly kind: "whole" }
  /** Drop response and part, and ask once more without a range. */
  | { readonly kind: "restart" }
  | { readonly kind: "redirect"; readonly url: string }
  /** Too many requests, or the server is in trouble. Null: it did not say for how long. */
  | { readonly kind: "wait"; readonly afterMs: number | null }
  | { readonly kind: "missing" }
  | { readonly kind: "refused" }
  /** Somebody else answered: a login page of the network, or another host. */
  | { readonly kind: "portal" }
  | { readonly kind: "bad-origin" };

const RETRY_AFTER_MAX_MS = 3_600_000;

export function judgeResponse(asked: Asked, answered: Answered): Verdict {
  const { status } = answered;
  if (status === 200) return judgeBody(asked, answered) ?? takeFrom(0, answered);
  if (status === 206) return judgePart(asked, answered);
  if (status === 416) {
    return asked.offset === asked.bytes ? { kind: "whole" } : restartOrBad(asked);
  }
  if (status >= 300 && status < 400) return judgeRedirect(asked, answered);
  return judgeRefusal(answered);
}

function judgeRefusal(answered: Answered): Verdict {
  const { status } = answered;
  if (status === 404 || status === 410) return { kind: "missing" };
  if (status === 401 || status === 403) return { kind: "refused" };
  // A login page of a network that says what it is (RFC 6585 §6).
  if (status === 511) return { kind: "portal" };
  if (status === 429 || status >= 500) return { kind: "wait", afterMs: retryAfterMs(answered) };
  return { kind: "bad-origin" };
}

/** A part that the origin cannot go on with is begun again; without a part there is no cure. */
function restartOrBad({ offset }: Asked): Verdict {
  return { kind: offset > 0 ? "restart" : "bad-origin" };
}

function takeFrom(offset: number, { headers }: Answered): Verdict {
  return { kind: "take", offset, etag: strongTag(headers.etag) };
}

/** What is wrong with the body of a 200, as far as its headers tell. */
function judgeBody({ bytes }: Asked, { headers }: Answered): Verdict | null {
  if (isPage(headers)) return { kind: "portal" };
  const isFit = isPlain(headers) && isLength(headers, bytes);
  return isFit ? null : { kind: "bad-origin" };
}

function judgePart(asked: Asked, answered: Answered): Verdict {
  const { headers } = answered;
  if (isPage(headers)) return { kind: "portal" };
  const length = lengthOfRange(asked, headers["content-range"]);
  if (length === null || !isPlain(headers) || !isLength(headers, length)) {
    return restartOrBad(asked);
  }
  return takeFrom(asked.offset, answered);
}

type Headers = Answered["headers"];

const isPage = (headers: Headers) => /^text\/html\b/i.test(headers["content-type"] ?? "");
const isPlain = (headers: Headers) =>
  (headers["content-encoding"] ?? "identity").toLowerCase() === "identity";
const isLength = (headers: Headers, bytes: number) =>
  (headers["content-length"] ?? String(bytes)) === String(bytes);

const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/;

/**
 * Bytes in the range that begins where it was asked for, of a file of the right size; or null.
 * It may end early (RFC 9110 §15.3.7): the rest is asked for next time.
 */
function lengthOfRange({ offset, bytes }: Asked, contentRange: string | undefined): number | null {
  const match = CONTENT_RANGE.exec(contentRange?.trim() ?? "");
  if (match === null) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  const isTotal = match[3] === "*" || Number(match[3]) === bytes;
  return isTotal && from === offset && to >= from && to < bytes ? to - from + 1 : null;
}

/** Only a strong tag says that the bytes are the same (RFC 9110 §8.8.1). */
function strongTag(etag: string | undefined): string | null {
  return etag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}

/** Seconds; the form with a date is of no use to a box that may not know the time. */
function retryAfterMs({ headers }: Answered): number | null {
  const value = headers["retry-after"]?.trim() ?? "";
  if (!/^\d{1,9}$/.test(value)) return null;
  return Math.min(Number(value) * 1000, RETRY_AFTER_MAX_MS);
}

const ABSOLUTE = /^https?:\/\/([^/?#\s@\\]+)(\/[^\s\\]*)?$/i;

function judgeRedirect({ url, hosts }: Asked, { status, headers }: Answered): Verdict {
  if (![301, 302, 303, 307, 308].includes(status)) return { kind: "bad-origin" };
  const location = resolveLocation(url, headers.location ?? "");
  const host = ABSOLUTE.exec(location)?.[1]?.toLowerCase();
  if (host === undefined || !hosts.includes(host)) return { kind: "portal" };
  return { kind: "redirect", url: location };
}

/** `Location` may be relative (RFC 9110 §10.2.2); only the form with a whole path is followed. */
function resolveLocation(base: string, location: string): string {
  if (!location.startsWith("/") || location.startsWith("//")) return location;
  const origin = /^https?:\/\/[^/]+/i.exec(base)?.[0] ?? "";
  return `${origin}${location}`;
}

/** Host and port of a URL, in lower case; null when it is none of ours. */
export function hostOf(url: string): string | null {
  return ABSOLUTE.exec(url)?.[1]?.toLowerCase() ?? null;
}
