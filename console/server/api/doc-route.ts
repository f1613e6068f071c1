/**
 * What boxes fetch, each with its own credential: roster, plan, method and notices by hash, and
 * copies of its own records when its disk has lost them.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isBoxIdText } from "../../../protocol/county-topics.ts";
import { isBoxPassword } from "../passwords.ts";
import { findAccount } from "../store/box-store.ts";
import { findDocBody } from "../store/doc-store.ts";
import { recordsBetween } from "../store/record-store.ts";
import { ApiProblem, badRequest } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

const SHA256 = /^[0-9a-f]{64}$/;

export function registerDocRoute(app: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  registerCopies(app, context);
  app.get<{ Params: { id: string; sha256: string } }>(
    "/b/:id/doc/:sha256",
    async (request, reply) => {
      const { id, sha256 } = request.params;
      await demandBox(request, reply, context);
      const body = SHA256.test(sha256) ? await findDocBody(database, id, sha256) : null;
      if (body === null) throw new ApiProblem(404, "no-such-document", "没有这份文件。");
      // The bytes are named by their hash: they never change, and must not be re-coded on the way.
      const bytes = Buffer.from(body, "utf8");
      return reply
        .header("content-type", "application/json; charset=utf-8")
        .header("cache-control", "private, no-transform, max-age=31536000, immutable")
        .send(bytes);
    },
  );
}

/** @throws ApiProblem 401 when it is not the box itself that asks */
async function demandBox(
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  { database, counters }: ApiContext,
): Promise<void> {
  const { id } = request.params;
  const { user, password } = basicOf(request);
  const account = user === id && isBoxIdText(id) ? await findAccount(database, id) : null;
  if (account !== null && isBoxPassword(password, account.password_sha256)) return;
  counters.count("doc-login", id.slice(0, 26));
  reply.header("www-authenticate", 'Basic realm="one-room"');
  throw new ApiProblem(401, "wrong-login", "播放盒的口令不对，请重新开通。");
}

/** Records of one answer: 16,000 bytes each at most, and the box asks again for the rest. */
const COPY_RECORDS_MAX = 200;
const EPOCH = /^[0-9a-f]{8}$/;
const NUMBER = /^[1-9][0-9]{0,8}$/;

interface CopyRequest {
  readonly Params: { id: string; epoch: string };
  readonly Querystring: { from?: string; to?: string };
}

function registerCopies(app: FastifyInstance, context: ApiContext): void {
  app.get<CopyRequest>("/b/:id/rec/:epoch", async (request, reply) => {
    await demandBox(request, reply, context);
    const { id: box, epoch } = request.params;
    const { from = "", to = "" } = request.query;
    if (!EPOCH.test(epoch) || !NUMBER.test(from) || !NUMBER.test(to)) {
      throw badRequest("from 和 to 应当是记录的序号。");
    }
    const range = { from: Number(from), to: Number(to), limit: COPY_RECORDS_MAX };
    const records = await recordsBetween(context.database, { box, epoch }, range);
    return reply
      .header("content-type", "application/x-ndjson; charset=utf-8")
      .send(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  });
}

/** RFC 7617. Nothing, or nonsense, is nobody. */
function basicOf(request: FastifyRequest): { user: string; password: string } {
  const encoded = /^Basic (\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const [, user = "", password = ""] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  return { user, password };
}
