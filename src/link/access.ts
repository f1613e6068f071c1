/**
 * Who may come in by the page's door. Everything listens on loopback, but a browser on the same
 * machine can be made to ask on behalf of a stranger's page: so `Host` is always checked (DNS
 * rebinding), `Origin` where something could change, and the token always.
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface Access {
  readonly token: string;
  readonly port: number;
}

export type Refusal = "foreign-host" | "foreign-origin" | "no-token";

/** Cookies ignore ports (RFC 6265 §8.5): two services on one machine need two names. */
export function cookieName(port: number): string {
  return `orp-${port}`;
}

export function setCookieHeader({ port, token }: Access): string {
  return `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

function isOwnOrigin(origin: string, port: number): boolean {
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`;
}

/** Does the URL's `?k=` hold the token? Then the page is served, and the cookie set with it. */
export function hasKey(url: URL, { token }: Access): boolean {
  const key = url.searchParams.get("k");
  return key !== null && sameText(key, token);
}

/**
 * Null: let it in. `strict`: the origin must be named (web socket, and all but GET and HEAD).
 * Programs without a browser send no `Origin`; they have no cookie of ours to be misused either.
 */
export function refuse(
  headers: IncomingHttpHeaders,
  access: Access,
  { strict, keyed }: { readonly strict: boolean; readonly keyed: boolean },
): Refusal | null {
  if (!isOwnHost(headers.host, access.port)) return "foreign-host";
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, access.port)) return "foreign-origin";
  if (strict && origin === undefined) return "foreign-origin";
  if (keyed) return null;
  const cookie = readCookie(headers.cookie, cookieName(access.port));
  return cookie !== null && sameText(cookie, access.token) ? null : "no-token";
}

/** What a person reads who came in by a wrong address. */
export const REFUSAL_TEXT: Readonly<Record<Refusal, string>> = {
  "foreign-host": "请用 127.0.0.1 打开这个页面。",
  "foreign-origin": "这个请求来自别的网页，不能接受。",
  "no-token": "这个地址少了口令。请用程序启动时给出的完整地址打开。",
};
