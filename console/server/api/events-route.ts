/**
 * Server-sent events (WHATWG HTML, §9.2): the page hears that something changed, and asks again.
 */
import type { FastifyInstance } from "fastify";
import { ApiProblem } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

/** Proxies end a connection on which nothing was said for a minute. */
const SIGN_OF_LIFE_MS = 20_000;
const LISTENERS_MAX = 200;
const RETRY_MS = 2000;

export function registerEvents(app: FastifyInstance, { events }: ApiContext): void {
  let listeners = 0;
  app.get("/api/events", (request, reply) => {
    if (listeners >= LISTENERS_MAX) {
      throw new ApiProblem(503, "too-many-pages", "打开的页面太多了，请关掉一些。");
    }
    listeners += 1;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    raw.write(`retry: ${RETRY_MS}\n\n`);
    const stop = events.listen((event) => raw.write(`data: ${JSON.stringify(event)}\n\n`));
    const timer = setInterval(() => raw.write(": \n\n"), SIGN_OF_LIFE_MS);
    request.raw.once("close", () => {
      listeners -= 1;
      stop();
      clearInterval(timer);
    });
  });
}
