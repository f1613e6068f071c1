/**
 * Serves a lesson's files from the cache: single ranges, immutable, no byte that was not verified.
 */
import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlobPlace, LessonLibrary } from "../../media-cache/library.ts";
import { planRange } from "../../media-cache/range.ts";

/** `/l/<lesson>/<version>/<path>` */
const PATH = /^\/l\/([a-z0-9][a-z0-9-]{0,63})\/(\d{1,9})\/(.+)$/;

export interface MediaRequest {
  readonly library: Pick<LessonLibrary, "locate">;
  /** Decoded URL path. */
  readonly path: string;
}

export function sendMedia(
  request: IncomingMessage,
  response: ServerResponse,
  { library, path }: MediaRequest,
): void {
  const [, id = "", version = "", file = ""] = PATH.exec(path) ?? [];
  const place = id === "" ? null : library.locate(id, Number(version), file);
  if (place === null) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
    response.end("这台机器上没有这个片子。\n");
    return;
  }
  sendPlace(request, response, place);
}

function sendPlace(request: IncomingMessage, response: ServerResponse, place: BlobPlace): void {
  const { headers, method = "GET" } = request;
  const plan = planRange(
    { method, range: headers.range, ifRange: headers["if-range"] as string | undefined },
    { bytes: place.bytes, etag: `"${place.sha256}"` },
  );
  response.writeHead(plan.status, {
    ...plan.headers,
    "content-type": place.type,
    // The path names a version, and a version's bytes never change.
    "cache-control": "private, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
  });
  if (!plan.hasBody) {
    response.end();
    return;
  }
  const stream = createReadStream(place.file, { start: plan.from, end: plan.to });
  // A file that cannot be read in the middle: the length was promised, so the connection breaks.
  stream.on("error", () => response.destroy());
  response.on("close", () => stream.destroy());
  stream.pipe(response);
}
