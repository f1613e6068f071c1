/** Who asks: a person with the cookie of a login, or the command line with the admin token. */
import { createHash, timingSafeEqual } from "node:crypto";
import { parse, serialize } from "cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Me } from "../../../protocol/console-api.ts";
import { newSecret } from "../keys.ts";
import { isUserPassword } from "../passwords.ts";
import {
  addLogin,
  audit,
  endLogin,
  findLogin,
  findUser,
  forgetOldLogins,
} from "../store/user-store.ts";
import { ApiProblem, badRequest, isPlainText, notAllowed, notLoggedIn } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";
import { LoginLimit } from "./login-limit.ts";

/** A working day: staff log in each morning. */
const LOGIN_MS = 12 * 3_600_000;

/** What the admin token stands for: nobody, but allowed everything. */
const PROGRAM: Me = { user: "-", name: "命令行", role: "admin" };

const OPEN_PATHS = new Set(["/api/login", "/api/logout"]);

declare module "fastify" {
  interface FastifyRequest {
    me: Me | null;
  }
}

/** Cookies ignore ports: each console of a machine needs a name of its own. */
export function cookieName(port: number): string {
  return `one-room-console-${port}`;
}

export function registerAuth(app: FastifyInstance, context: ApiContext): void {
  app.decorateRequest("me", null);
  app.addHook("onRequest", async (request) => {
    const [path = ""] = request.url.split("?");
    if (!path.startsWith("/api/")) return;
    checkOrigin(request);
    request.me = await whoAsks(request, context);
    if (request.me === null && !OPEN_PATHS.has(path)) throw notLoggedIn();
  });
  registerLogin(app, context);
}

/** The caller may do what only an administrator may. @throws ApiProblem 403 */
export function demandAdmin(request: FastifyRequest): Me {
  if (request.me?.role !== "admin") throw notAllowed();
  return request.me;
}

/**
 * A foreign page may make a browser ask, with our cookie; it cannot hide that it is foreign.
 * A program that is no browser names no origin, and has nobody's cookie but its own.
 */
function checkOrigin(request: FastifyRequest): void {
  if (request.method === "GET" || request.method === "HEAD" || bearerOf(request) !== null) return;
  const { origin, host } = request.headers;
  const own = [`http://${host}`, `https://${host}`];
  if (origin === undefined || own.includes(origin)) return;
  throw new ApiProblem(403, "foreign-origin", "请求不是从控制台的页面发来的。");
}

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

async function whoAsks(request: FastifyRequest, context: ApiContext): Promise<Me | null> {
  const bearer = bearerOf(request);
  if (bearer !== null) return isSame(bearer, context.adminToken) ? PROGRAM : null;
  const token = tokenOf(request);
  return token === null ? null : findLogin(context.database, token, context.clock.nowMs());
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function tokenOf(request: FastifyRequest): string | null {
  const port = request.socket.localPort ?? 0;
  return parse(request.headers.cookie ?? "")[cookieName(port)] ?? null;
}

function cookieOf(request: FastifyRequest, token: string, maxAgeS: number): string {
  return serialize(cookieName(request.socket.localPort ?? 0), token, {
    httpOnly: true,
    sameSite: "strict",
    path: "/",
    maxAge: maxAgeS,
  });
}

function registerLogin(app: FastifyInstance, context: ApiContext): void {
  const { database, clock } = context;
  const limit = new LoginLimit();
  app.post("/api/login", async (request, reply): Promise<Me> => {
    const { user, password } = loginOf(request.body);
    const me = await logIn({ limit, context, user, password, address: request.ip });
    const token = newSecret();
    const nowMs = clock.nowMs();
    await forgetOldLogins(database, nowMs);
    await addLogin(database, { token, user, expiresAtMs: nowMs + LOGIN_MS });
    reply.header("set-cookie", cookieOf(request, token, LOGIN_MS / 1000));
    return me;
  });
  app.post("/api/logout", async (request, reply) => {
    const token = tokenOf(request);
    if (token !== null) await endLogin(database, token);
    reply.header("set-cookie", cookieOf(request, "", 0)).code(204);
  });
  app.get("/api/me", async (request) => request.me);
}

function loginOf(body: unknown): { user: string; password: string } {
  const { user, password } = (body ?? {}) as { user?: unknown; password?: unknown };
  if (typeof user !== "string" || typeof password !== "string") {
    throw badRequest("请填写用户名和密码。");
  }
  // A password of a megabyte would be hashed too.
  if (!isPlainText(user) || user.length > 64 || password.length > 256)
    throw badRequest("用户名或密码太长，或有看不见的字符。");
  return { user, password };
}

interface LoginTry {
  readonly limit: LoginLimit;
  readonly context: ApiContext;
  readonly user: string;
  readonly password: string;
  readonly address: string;
}

async function logIn({ limit, context, user, password, address }: LoginTry): Promise<Me> {
  const { database, clock } = context;
  const names = [`user ${user}`, `address ${address}`];
  const waitMs = limit.waitMs(names, clock.nowMs());
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    throw new ApiProblem(429, "too-many-tries", `试得太多了，请 ${seconds} 秒后再试。`);
  }
  // Counted before the slow comparison: tries at the same time may not slip through together.
  limit.failed(names, clock.nowMs());
  const found = await findUser(database, user);
  const right = await isUserPassword(password, found?.password ?? null);
  const act = right ? "login" : "login-failed";
  await audit(database, { who: user, act, subject: address, nowMs: clock.nowMs() });
  if (!right || found === null) {
    throw new ApiProblem(401, "wrong-login", "用户名或密码不对。");
  }
  limit.succeeded(names);
  return { user: found.user, name: found.name, role: found.role };
}
