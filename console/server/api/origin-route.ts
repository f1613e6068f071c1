/**
 * The origin of lessons: the published tree, as any web server would serve it, with single ranges.
 * Nothing in it is secret; boxes believe signatures and hashes, not us.
 */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { planRange } from "../../../media-cache/range.ts";
import { isUnchanged, type OriginFile, originFile } from "../origin/origin-paths.ts";
import { noSuchPage } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

const PREFIX = "/origin/";
const FOREVER = "public, no-transform, max-age=31536000, immutable";
/** Asked for again each time: it is what tells a box that there is something new. */
const FRESH = "public, no-transform, no-cache";

export function registerOrigin(app: FastifyInstance, { origin }: ApiContext): void {
  app.route({
    method: ["GET", "HEAD"],
    url: `${PREFIX}*`,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const [path = ""] = request.url.split("?");
      const file = originFile(path.slice(PREFIX.length));
      const handle = file === null ? null : await openFile(join(origin.tree, file.path));
      if (file === null || handle === null) throw noSuchPage();
      return send({ request, reply, file, handle });
    },
  });
}

/** Null: it is not there, or is no plain file. A link out of the tree is not followed. */
async function openFile(path: string): Promise<FileHandle | null> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ELOOP" || code === "ENOTDIR") return null;
    throw error;
  }
}

interface Sending {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly file: OriginFile;
  readonly handle: FileHandle;
}

async function send({ request, reply, file, handle }: Sending): Promise<FastifyReply> {
  const { size, mtimeMs, ino } = await handle.stat();
  // A file that is replaced is another file: its number on the disk changes with its bytes.
  const stamp = `${ino.toString(36)}-${size.toString(36)}-${Math.round(mtimeMs).toString(36)}`;
  const etag = `"${file.sha256 ?? stamp}"`;
  reply.header("cache-control", file.isForever ? FOREVER : FRESH).type(file.type);
  const { method, headers } = request;
  if (isUnchanged(headers["if-none-match"], etag)) {
    await handle.close();
    return reply.code(304).header("etag", etag).send();
  }
  const ifRange = headers["if-range"] as string | undefined;
  const plan = planRange({ method, range: headers.range, ifRange }, { bytes: size, etag });
  reply.code(plan.status).headers(plan.headers);
  if (plan.hasBody) {
    return reply.send(handle.createReadStream({ start: plan.from, end: plan.to }));
  }
  await handle.close();
  return reply.send();
}
