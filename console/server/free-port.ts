/** Ports of this machine: a free one, and plain words when one cannot be had. */
import { createServer } from "node:net";
import { StartError } from "./start-error.ts";

/** A port nobody listens on now. Somebody may take it before we do: the caller tries again. */
export function freePort(host = "127.0.0.1"): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export interface Listening {
  readonly what: string;
  readonly host: string;
  readonly port: number;
}

/** The listening error as a person should read it; other errors as they are. */
export function explainListenError({ what, host, port }: Listening, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return new StartError(
      "port-in-use",
      `${what}的端口 ${port} 已经被别的程序占用。请停止那个程序，或换一个端口（0 表示任选）。`,
    );
  }
  if (code === "EACCES") {
    return new StartError(
      "port-in-use",
      `${what}没有权限使用端口 ${port}，请换一个 1024 以上的端口。`,
    );
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new StartError("address-not-here", `${what}的地址 ${host} 不是这台机器的地址。`);
  }
  return error;
}
