/** People who may log in: made and given passwords by an administrator, or by the command line. */
import type { FastifyInstance } from "fastify";
import type { Me } from "../../../protocol/console-api.ts";
import { hashUserPassword } from "../passwords.ts";
import { addUser, audit, listUsers, setPassword } from "../store/user-store.ts";
import { ApiProblem, badRequest, isPlainText } from "./api-problem.ts";
import { demandAdmin } from "./auth.ts";
import type { ApiContext } from "./context.ts";

const USER_NAME = /^[a-z0-9][a-z0-9._-]{1,31}$/;
const PASSWORD_CHARACTERS_MIN = 8;
/** A password of a megabyte would be hashed too. */
const PASSWORD_CHARACTERS_MAX = 256;

interface NewUser extends Me {
  readonly plainPassword: string;
}

export function registerUsers(app: FastifyInstance, { database, clock }: ApiContext): void {
  app.get("/api/users", async (request): Promise<Me[]> => {
    demandAdmin(request);
    return listUsers(database);
  });
  app.post("/api/users", async (request, reply): Promise<Me> => {
    const me = demandAdmin(request);
    const { plainPassword, ...user } = newUserOf(request.body, null);
    const password = await hashUserPassword(plainPassword);
    if (!(await addUser(database, { ...user, password }, clock.nowMs()))) {
      throw new ApiProblem(409, "user-exists", `已经有用户 ${user.user}。`);
    }
    await audit(database, {
      who: me.user,
      act: "add-user",
      subject: user.user,
      nowMs: clock.nowMs(),
    });
    reply.code(201);
    return user;
  });
  app.post<{ Params: { user: string } }>("/api/users/:user/password", async (request, reply) => {
    const me = demandAdmin(request);
    const { plainPassword, ...user } = newUserOf(request.body, request.params.user);
    const password = await hashUserPassword(plainPassword);
    const nowMs = clock.nowMs();
    await database.transaction(async (db) => {
      // Makes the user when there is none, as a first start needs it.
      if (!(await addUser(db, { ...user, password }, nowMs))) {
        await setPassword(db, user.user, password);
      }
      await audit(db, { who: me.user, act: "set-password", subject: user.user, nowMs });
    });
    reply.code(204);
  });
}

function newUserOf(body: unknown, named: string | null): NewUser {
  const given = (body ?? {}) as Record<string, unknown>;
  const user = named ?? given.user;
  const { name = user, role = "staff" } = given;
  if (typeof user !== "string" || !USER_NAME.test(user)) {
    throw badRequest("用户名应当是 2 到 32 个小写字母、数字或 . _ -，以字母或数字开头。");
  }
  if (typeof name !== "string" || !isPlainText(name) || name.length > 40) {
    throw badRequest("姓名不对：1 到 40 个字。");
  }
  if (role !== "admin" && role !== "staff") throw badRequest("role 只能是 admin 或 staff。");
  return { user, name, role, plainPassword: passwordOf(given) };
}

function passwordOf({ password }: Record<string, unknown>): string {
  if (typeof password !== "string" || [...password].length < PASSWORD_CHARACTERS_MIN) {
    throw badRequest(`密码太短：至少 ${PASSWORD_CHARACTERS_MIN} 个字符。`);
  }
  if (password.length > PASSWORD_CHARACTERS_MAX) {
    throw badRequest(`密码太长：最多 ${PASSWORD_CHARACTERS_MAX} 个字符。`);
  }
  return password;
}
