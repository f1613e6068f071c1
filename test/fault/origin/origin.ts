/**
 * An origin that misbehaves: for as many requests as a test says, in the way it says, and well
 * after that.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the request asked for, and what the right answer would hold. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly blob: Uint8Array;
  /** First byte asked for; 0 without a range. */
  readonly from: number;
  /** Of the origin itself. */
  readonly base: string;
}

export type Misbehaviour = (asked: Asked) => void;

export interface Origin {
  readonly base: string;
  readonly host: string;
  readonly asked: string[];
  /** Bytes of bodies handed to the network, for well-behaved answers. */
  readonly sentBytes: number;
  add(blob: Uint8Array): string;
  /** The next `times` requests are answered so. */
  misbehave(how: Misbehaviour, times?: number): void;
  close(): Promise<void>;
}

export const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** No stretch of it looks like another one: a wrong offset never goes unseen. */
export function makeBlob(bytes: number, seed = 1): Uint8Array {
  return Uint8Array.from(
    { length: bytes },
    (_, at) => Math.round((at + seed * 7919) ** 1.1) & 0xff,
  );
}

/** Gives it so many blobs; answers what a box would be told to fetch. */
export function offerBlobs(
  origin: Pick<Origin, "add">,
  { count, bytes }: { readonly count: number; readonly bytes: number },
): { sha256: string; bytes: number }[] {
  const blobs = Array.from({ length: count }, (_, seed) => makeBlob(bytes, seed));
  return blobs.map((blob) => ({ sha256: origin.add(blob), bytes: blob.length }));
}

export function answerWell({ response, blob, from, request }: Asked): void {
  const etag = `"${sha256Of(blob)}"`;
  const isRanged =
    request.headers.range !== undefined && (request.headers["if-range"] ?? etag) === etag;
  if (!isRanged) {
    response.writeHead(200, { "content-length": blob.length, etag }).end(blob);
  } else if (from >= blob.length) {
    response.writeHead(416, { "content-range": `bytes */${blob.length}` }).end();
  } else {
    const range = `bytes ${from}-${blob.length - 1}/${blob.length}`;
    const headers = { "content-length": blob.length - from, "content-range": range, etag };
    response.writeHead(206, headers).end(blob.subarray(from));
  }
}

interface Bad {
  readonly how: Misbehaviour;
  times: number;
}

class FaultOrigin implements Origin {
  readonly asked: string[] = [];
  sentBytes = 0;
  host = "";
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #bad: Bad = { how: () => {}, times: 0 };

  get base(): string {
    return `http://${this.host}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(blob: Uint8Array): string {
    const sha256 = sha256Of(blob);
    this.#blobs.set(sha256, blob);
    return sha256;
  }

  misbehave(how: Misbehaviour, times = 1): void {
    this.#bad = { how, times };
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = "", headers } = request;
    this.asked.push(`${headers.range ?? "whole"} ${url}`);
    const blob = this.#blobs.get(url.split("/").at(-1) ?? "");
    if (blob === undefined) {
      response.writeHead(404).end();
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
    const asked = { request, response, blob, from, base: this.base };
    if (this.#bad.times > 0) {
      this.#bad.times -= 1;
      this.#bad.how(asked);
      return;
    }
    this.sentBytes += blob.length - from;
    answerWell(asked);
  }
}

export async function startOrigin(): Promise<Origin> {
  const origin = new FaultOrigin();
  await origin.listen();
  return origin;
}
