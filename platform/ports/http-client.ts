/**
 * One GET, as careful as the network is bad. Not `fetch`, which follows redirects and unpacks
 * bodies behind the caller's back.
 *
 * - H1. `ok` means: status 200, and the whole body as it was announced, not one byte more.
 * - H2. No redirect is followed and nothing is unpacked: what does not fit is an answer of another
 *   kind.
 * - H3. It ends: after `timeoutMs` at the latest, however slowly the other side drips.
 * - H4. Never more than `maxBytes` are kept.
 *
 * Expected failures are answers; nothing is thrown.
 */
export interface HttpClient {
  get(request: HttpGet): Promise<HttpAnswer>;
}

export interface HttpGet {
  /** `http:` or `https:`, absolute. */
  readonly url: string;
  /** Basic authentication (RFC 7617). */
  readonly credential?: { readonly user: string; readonly password: string };
  readonly maxBytes: number;
  /** For everything together, from the call to the last byte. */
  readonly timeoutMs: number;
}

export type HttpAnswer =
  | { readonly kind: "ok"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "failed"; readonly why: HttpFault };

export type HttpFault =
  | "bad-url"
  | "unreachable"
  | "timeout"
  | "too-large"
  | "cut-short"
  | "encoded";
