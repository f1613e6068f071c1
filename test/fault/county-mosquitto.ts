/** A real Mosquitto for a test, with the accounts and rules that the county writes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  mosquittoAcl,
  mosquittoConf,
  mosquittoHash,
  mosquittoPasswords,
} from "../../console/server/broker/mosquitto-config.ts";
import { freePort } from "../../console/server/free-port.ts";
import type { Credential } from "../contract/broker.contract.ts";

export interface Mosquitto {
  readonly port: number;
  /** Takes over a password file's lines, beside its own accounts. */
  reload(passwordFile: string): void;
  close(): Promise<void>;
}

export async function runMosquitto(accounts: readonly Credential[]): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), "one-room-mosquitto-"));
  const paths = { passwords: join(folder, "passwords"), acl: join(folder, "acl") };
  const port = await freePort();
  const own = mosquittoPasswords(
    accounts.map(({ user, password }) => ({
      user,
      hash: mosquittoHash(password, new Uint8Array(12)),
    })),
  );
  // Started by root, Mosquitto reads its files as another user; in the tests it stays who it is.
  const conf = `${mosquittoConf({ host: "127.0.0.1", port }, paths)}user root\n`;
  writeFileSync(paths.passwords, own);
  writeFileSync(paths.acl, mosquittoAcl());
  writeFileSync(join(folder, "conf"), conf);
  const child = spawn("mosquitto", ["-c", join(folder, "conf")], { stdio: "ignore" });
  await untilListening(port);
  return {
    port,
    reload(passwordFile) {
      const others = existsSync(passwordFile) ? readFileSync(passwordFile, "utf8") : "";
      writeFileSync(paths.passwords, own + others);
      child.kill("SIGHUP");
    },
    async close() {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}

/** Asks again until somebody listens; the test's own time limit ends a vain wait. */
async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const answer = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
