/** The county's database as its parts see it: queries, transactions, and whether it answers. */
import pg from "pg";
import { errorText, type Log } from "../log.ts";
import { StartError } from "../start-error.ts";
import { MIGRATIONS } from "./migrations.ts";

export type Row = Record<string, unknown>;

export interface Queries {
  rows<T extends object = Row>(sql: string, values?: readonly unknown[]): Promise<T[]>;
}

export interface Database extends Queries {
  /** Commits what `act` did when it resolves; nothing of it when it rejects. */
  transaction<T>(act: (queries: Queries) => Promise<T>): Promise<T>;
  isWell(): Promise<boolean>;
  close(): Promise<void>;
}

/** Ingest, the page's requests, and one to spare; PostgreSQL is set to 24. */
const CONNECTIONS_MAX = 8;
/** Two consoles that start at once on one external database migrate one after the other. */
const MIGRATION_LOCK = 7_400_001;

// Times and counts are int8 and stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Connects and brings the tables up to date. @throws StartError */
export async function openDatabase(url: string, log: Log): Promise<Database> {
  const pool = makePool(url);
  // An idle connection that breaks is replaced; without a listener it would end the process.
  pool.on("error", (error) => log.warn("database-connection-lost", { why: errorText(error) }));
  const database = new PgDatabase(pool);
  try {
    await migrate(database);
  } catch (error) {
    await pool.end().catch(() => {});
    if (error instanceof StartError) throw error;
    throw new StartError(
      "database-unreachable",
      `连不上数据库：${errorText(error)}。请检查 --database-url 和数据库是否在运行。`,
      { cause: error },
    );
  }
  return database;
}

function makePool(url: string): pg.Pool {
  try {
    return new pg.Pool({
      connectionString: url,
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: 5000,
      application_name: "one-room county",
    });
  } catch (error) {
    throw new StartError("bad-option", "--database-url 不是一个数据库地址。", { cause: error });
  }
}

class PgDatabase implements Database {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const result = await this.#pool.query<T & pg.QueryResultRow>(sql, [...values]);
    return result.rows;
  }

  async transaction<T>(act: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("begin");
      const answer = await act(queriesOf(client));
      await client.query("commit");
      return answer;
    } catch (error) {
      broken = await rollBack(client);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async isWell(): Promise<boolean> {
    return this.rows("select 1").then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

function queriesOf(client: pg.PoolClient): Queries {
  return {
    async rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
      const result = await client.query<T & pg.QueryResultRow>(sql, [...values]);
      return result.rows;
    },
  };
}

/** A connection that cannot even roll back is thrown away, not given to the next. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query("rollback");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function migrate(database: Database): Promise<void> {
  await database.transaction(async (db) => {
    await db.rows("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await db.rows("create table if not exists migrations (name text primary key)");
    const done = await db.rows<{ name: string }>("select name from migrations order by name");
    refuseNewer(done.map((row) => row.name));
    const names = new Set(done.map((row) => row.name));
    for (const { name, sql } of MIGRATIONS) {
      if (names.has(name)) continue;
      await db.rows(sql);
      await db.rows("insert into migrations values ($1)", [name]);
    }
  });
}

function refuseNewer(done: readonly string[]): void {
  const unknown = done.filter((name) => !MIGRATIONS.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new StartError(
    "data-newer",
    `数据库是更新版本的程序建的（${unknown.join(", ")}）。请升级程序后再启动，数据没有改动。`,
  );
}
