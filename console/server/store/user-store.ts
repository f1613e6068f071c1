/** People who may log in, their logins, and who did what. */
import { createHash } from "node:crypto";
import type { Me } from "../../../protocol/console-api.ts";
import type { Queries } from "../database/database.ts";

export interface User extends Me {
  /** As `hashUserPassword` makes it. */
  readonly password: string;
}

interface UserRow {
  readonly name: string;
  readonly display: string;
  readonly role: "admin" | "staff";
  readonly password: string;
}

function toUser({ name, display, role, password }: UserRow): User {
  return { user: name, name: display, role, password };
}

export async function findUser(db: Queries, user: string): Promise<User | null> {
  const [row] = await db.rows<UserRow>(
    "select name, display, role, password from users where name = $1",
    [user],
  );
  return row === undefined ? null : toUser(row);
}

export async function listUsers(db: Queries): Promise<Me[]> {
  const rows = await db.rows<UserRow>(
    "select name, display, role, password from users order by name",
  );
  return rows.map(({ name, display, role }) => ({ user: name, name: display, role }));
}

/** False when there is a user of that name already. */
export async function addUser(db: Queries, user: User, nowMs: number): Promise<boolean> {
  const rows = await db.rows(
    `insert into users (name, display, role, password, made_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning name`,
    [user.user, user.name, user.role, user.password, nowMs],
  );
  return rows.length > 0;
}

/** Ends the user's logins too: a password is changed when somebody else may know it. */
export async function setPassword(db: Queries, user: string, password: string): Promise<boolean> {
  const rows = await db.rows("update users set password = $2 where name = $1 returning name", [
    user,
    password,
  ]);
  await db.rows("delete from logins where username = $1", [user]);
  return rows.length > 0;
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export async function addLogin(
  db: Queries,
  { token, user, expiresAtMs }: { token: string; user: string; expiresAtMs: number },
): Promise<void> {
  await db.rows("insert into logins (token_sha256, username, expires_at) values ($1, $2, $3)", [
    hashToken(token),
    user,
    expiresAtMs,
  ]);
}

export async function findLogin(db: Queries, token: string, nowMs: number): Promise<Me | null> {
  const [row] = await db.rows<UserRow>(
    `select u.name, u.display, u.role, u.password from logins l join users u on u.name = l.username
     where l.token_sha256 = $1 and l.expires_at > $2`,
    [hashToken(token), nowMs],
  );
  return row === undefined ? null : { user: row.name, name: row.display, role: row.role };
}

export async function endLogin(db: Queries, token: string): Promise<void> {
  await db.rows("delete from logins where token_sha256 = $1", [hashToken(token)]);
}

export async function forgetOldLogins(db: Queries, nowMs: number): Promise<void> {
  await db.rows("delete from logins where expires_at <= $1", [nowMs]);
}

export interface AuditLine {
  readonly who: string;
  readonly act: string;
  readonly subject: string;
  readonly nowMs: number;
}

export async function audit(db: Queries, { who, act, subject, nowMs }: AuditLine): Promise<void> {
  await db.rows("insert into audit (at, who, act, subject) values ($1, $2, $3, $4)", [
    nowMs,
    who,
    act,
    subject,
  ]);
}
