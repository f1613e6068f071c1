/**
 * PostgreSQL refuses to run as root. As root it is put into a user namespace of its own in which
 * root's files belong to an ordinary user: nothing has to be copied, and no folder opened.
 */
import { spawnSync } from "node:child_process";
import { StartError } from "../start-error.ts";

export interface Launcher {
  /** What stands before the program on the command line. */
  readonly prefix: readonly string[];
}

const NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];
/** The kernel sends SIGINT (a fast, clean stop) to the database when the console is killed. */
const END_WITH_PARENT = ["setpriv", "--pdeathsig", "INT", "--"];

function works(command: readonly string[]): boolean {
  const [program = "", ...args] = command;
  return spawnSync(program, [...args, "true"], { stdio: "ignore" }).status === 0;
}

/** @throws StartError when the console is root and this machine has no way around that */
export function ordinaryUser(): Launcher {
  const tail = process.platform === "linux" && works(END_WITH_PARENT) ? END_WITH_PARENT : [];
  if (process.getuid?.() !== 0) return { prefix: tail };
  if (works(NAMESPACE)) return { prefix: [...NAMESPACE, ...tail] };
  throw new StartError(
    "database-failed",
    "数据库不能用 root 身份运行，而这台机器又不允许普通用户命名空间（unshare --user）。" +
      "请用一个普通用户启动县控制台，或用 --database-url 指定一个现成的 PostgreSQL。",
  );
}
