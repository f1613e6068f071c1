/** The web server that others use, for comparison: a static one, without logs. */
import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

export interface Nginx {
  readonly base: string;
  readonly pid: number;
  stop(): void;
}

/** One process, on a free port. @param folder for its own files, `root` for what it serves */
export async function startNginx(folder: string, root: string): Promise<Nginx> {
  const port = await freePort();
  const config = join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/tmp;`)
    .join(" ");
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
     events {} http { ${temporary} access_log off; sendfile on;
     server { listen 127.0.0.1:${port}; root ${root}; } }`,
  );
  if (process.getuid?.() === 0) execFileSync("chmod", ["-R", "a+rX", folder]);
  const nginx = spawn("nginx", ["-c", config, "-e", join(folder, "error.log")], {
    stdio: "ignore",
    env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin` },
  });
  const base = `http://127.0.0.1:${port}`;
  while (!(await isUp(base))) await pause(50);
  return { base, pid: nginx.pid ?? 0, stop: () => void nginx.kill("SIGTERM") };
}

async function isUp(base: string): Promise<boolean> {
  return fetch(base).then(
    () => true,
    () => false,
  );
}
