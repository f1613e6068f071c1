/** What boxes fetch: their roster, plan and method, by hash, with the credential of the box. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { isBoxIdText } from "../../../protocol/county-topics.ts";
import { isBoxPassword } from "../passwords.ts";
import { findAccount } from "../store/box-store.ts";
import { findDocBody } from "../store/doc-store.ts";
import { ApiProblem } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

const SHA256 = /^[0-9a-f]{64}$/;

export function registerDocRoute(app: FastifyInstance, { database, counters }: ApiContext): void {
  app.get<{ Params: { id: string; sha256: string } }>(
    "/b/:id/doc/:sha256",
    async (request, reply) => {
      const { id, sha256 } = request.params;
      const { user, password } = basicOf(request);
      const account = user === id && isBoxIdText(id) ? await findAccount(database, id) : null;
      if (account === null || !isBoxPassword(password, account.password_sha256)) {
        counters.count("doc-login", id.slice(0, 26));
        reply.header("www-authenticate", 'Basic realm="one-room"');
        throw new ApiProblem(401, "wrong-login", "播放盒的口令不对,请重新开通。");
      }
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

/** RFC 7617. Nothing, or nonsense, is nobody. */
function basicOf(request: FastifyRequest): { user: string; password: string } {
  const encoded = /^Basic (\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const [, user = "", password = ""] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  return { user, password };
}
