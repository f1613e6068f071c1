/** The county's tree over HTTP: metadata by version, targets by hash. */
import type { HttpClient } from "../../platform/ports/http-client.ts";
import { encodeRole } from "./role-files.ts";

/** Whatever is announced: nobody makes us keep more. */
export const SIZE_MAX = {
  root: 64 * 1024,
  timestamp: 64 * 1024,
  snapshot: 2 * 1024 * 1024,
  targets: 8 * 1024 * 1024,
} as const;

/** A slow line of 64 kbit/s brings the largest of them in twenty minutes. */
const TIMEOUT_MS = 20 * 60_000;

export interface Document {
  readonly role: string;
  /** None for the timestamp: its name never changes. */
  readonly version: number | null;
  readonly maxBytes: number;
}

export type Answer =
  | { readonly kind: "ok"; readonly bytes: Uint8Array }
  /** The origin answered that there is none. */
  | { readonly kind: "absent" }
  | { readonly kind: "too-large" }
  | { readonly kind: "unreachable" };

export class Origin {
  readonly #http: HttpClient;
  readonly #metadataUrl: string;

  constructor(http: HttpClient, metadataUrl: string) {
    this.#http = http;
    this.#metadataUrl = withSlash(metadataUrl);
  }

  document({ role, version, maxBytes }: Document): Promise<Answer> {
    const name = version === null ? encodeRole(role) : `${version}.${encodeRole(role)}`;
    return this.get(`${this.#metadataUrl}${name}.json`, maxBytes);
  }

  async get(url: string, maxBytes: number): Promise<Answer> {
    const answer = await this.#http.get({ url, maxBytes, timeoutMs: TIMEOUT_MS });
    if (answer.kind === "ok") return answer;
    if (answer.kind === "refused") {
      // TUF §5.3.3: no next root. Some stores say 403 for what is not there.
      const isAbsent = answer.status === 404 || answer.status === 403 || answer.status === 410;
      return { kind: isAbsent ? "absent" : "unreachable" };
    }
    return { kind: answer.why === "too-large" ? "too-large" : "unreachable" };
  }
}

export function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}

/** Consistent snapshots (TUF §6.2): `a/b.json` lies at `a/<hash>.b.json`. */
export function targetUrl(baseUrl: string, path: string, hash: string | null): string {
  const segments = path.split("/");
  const name = segments.pop() ?? "";
  const file = hash === null ? name : `${hash}.${name}`;
  return withSlash(baseUrl) + [...segments, file].map(encodeRole).join("/");
}
