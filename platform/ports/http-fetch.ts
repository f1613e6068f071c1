/**
 * One GET whose body is taken piece by piece, for what is too large for memory. Says what the
 * other side said and judges nothing: which answers are good is the caller's affair
 * (docs/formats/cache.md).
 *
 * - F1. No redirect is followed and nothing is unpacked: status, headers and bytes as they came.
 * - F2. Bytes are taken from the network only while the caller reads: who does not read, brakes.
 * - F3. It ends: no connection, no headers or no byte for as long as the limits say is `timeout`.
 *   The clock for bytes runs only while the caller waits for one.
 * - F4. `end` means that the body ended as the protocol has it; everything else is `failed`. It
 *   says nothing about the length that was expected.
 * - F5. After `cancel` no byte comes any more, and a read that waits ends with `cancelled`.
 *
 * Expected failures are answers; nothing is thrown.
 */
export interface HttpFetch {
  open(request: FetchRequest): Promise<FetchAnswer>;
}

export interface FetchRequest {
  /** `http:` or `https:`, absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: FetchLimits;
}

export interface FetchLimits {
  readonly connectMs: number;
  /** From the connection to the end of the headers. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
}

export type FetchFault = "bad-url" | "unreachable" | "timeout" | "cut-short" | "cancelled";

export type FetchAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** Names in lower case; fields that came several times are joined (RFC 9110 §5.2). */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: FetchBody;
    }
  | { readonly kind: "failed"; readonly why: FetchFault };

export interface FetchBody {
  /** One read at a time. */
  read(): Promise<BodyPiece>;
  cancel(): void;
}

export type BodyPiece =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "end" }
  | { readonly kind: "failed"; readonly why: FetchFault };
