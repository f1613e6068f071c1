/** The console's HTTP server: who may ask, what is answered, and how errors are told. */
import Fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { errorText } from "../log.ts";
import { ApiProblem, noSuchPage } from "./api-problem.ts";
import { registerAuth } from "./auth.ts";
import { registerBooks } from "./book-routes.ts";
import { registerBoxes } from "./box-routes.ts";
import type { ApiContext } from "./context.ts";
import { registerDocRoute } from "./doc-route.ts";
import { registerEvents } from "./events-route.ts";
import { registerImport } from "./import-route.ts";
import { registerNotices } from "./notice-routes.ts";
import { registerOrigin } from "./origin-route.ts";
import { registerRecords } from "./records-route.ts";
import { registerSessions } from "./session-routes.ts";
import { registerSupply } from "./supply-routes.ts";
import { registerUsers } from "./user-routes.ts";
import { registerPage } from "./web-page.ts";

/** The largest document (protocol: DocRef, 2 MiB) and a little around it. */
const BODY_BYTES_MAX = 2 * 1024 * 1024 + 64 * 1024;

/** antd writes its styles into the page at run time. */
const CONTENT_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export function createApi(context: ApiContext): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    // Pages keep their event stream open; a stop must not wait for them.
    forceCloseConnections: true,
    requestTimeout: 30_000,
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
    reply.header("content-security-policy", CONTENT_POLICY);
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
  tellErrors(app, context);
  registerAuth(app, context);
  app.get("/health", async (_request, reply) => {
    const database = await context.database.isWell();
    const broker = context.isBrokerUp();
    const ok = database && broker;
    reply.code(ok ? 200 : 503);
    return { ok, database, broker };
  });
  registerBoxes(app, context);
  registerBooks(app, context);
  registerRecords(app, context);
  registerSessions(app, context);
  registerUsers(app, context);
  registerEvents(app, context);
  registerDocRoute(app, context);
  registerImport(app, context);
  registerSupply(app, context);
  registerNotices(app, context);
  registerOrigin(app, context);
  registerPage(app, context);
  return app;
}

function tellErrors(app: FastifyInstance, { log }: ApiContext): void {
  app.setErrorHandler((error: FastifyError | ApiProblem, request, reply) => {
    const problem = error instanceof ApiProblem ? error : explain(error);
    if (problem.status >= 500) {
      log.warn("request-failed", { path: request.routeOptions.url ?? "-", why: errorText(error) });
    }
    return reply.code(problem.status).send(problem.body);
  });
  app.setNotFoundHandler((_request, reply) => {
    const { status, body } = noSuchPage();
    return reply.code(status).send(body);
  });
}

/** What fastify itself refuses, in our words; everything else is our own fault. */
function explain(error: FastifyError): ApiProblem {
  const status = error.statusCode ?? 500;
  if (status === 413) return new ApiProblem(413, "too-large", "内容太大，最多 2 MB。");
  if (status === 415) return new ApiProblem(415, "not-json", "内容应当是 JSON。");
  if (status >= 400 && status < 500)
    return new ApiProblem(status, "bad-request", "请求的内容不对。");
  return new ApiProblem(500, "failed", "服务器出错了，请稍后再试；一直这样就看日志。");
}
