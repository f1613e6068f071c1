/** Goal: the embedded broker and a real Mosquitto keep the same rules. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmbeddedBroker } from "../../console/server/broker/embedded-broker.ts";
import {
  mosquittoAcl,
  mosquittoConf,
  mosquittoHash,
  mosquittoPasswords,
} from "../../console/server/broker/mosquitto-config.ts";
import { freePort } from "../../console/server/free-port.ts";
import { hashBoxPassword, newBoxPassword } from "../../console/server/passwords.ts";
import {
  type BrokerUnderTest,
  brokerContract,
  type Credential,
} from "../contract/broker.contract.ts";

const COUNTY: Credential = { user: "county", password: newBoxPassword() };
const BOXES: readonly [Credential, Credential] = [
  { user: "abcdefghij234567", password: newBoxPassword() },
  { user: "bcdefghijk234567", password: newBoxPassword() },
];

async function startAedes(): Promise<BrokerUnderTest> {
  const hashes = new Map(BOXES.map(({ user, password }) => [user, hashBoxPassword(password)]));
  const broker = await createEmbeddedBroker({
    countySha256: hashBoxPassword(COUNTY.password),
    boxSha256: (box) => hashes.get(box),
  });
  const port = await broker.listen("127.0.0.1", 0);
  return { port, county: COUNTY, boxes: BOXES, close: () => broker.close() };
}

async function startMosquitto(): Promise<BrokerUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), "one-room-mosquitto-"));
  const paths = { passwords: join(folder, "passwords"), acl: join(folder, "acl") };
  const port = await freePort();
  const accounts = [COUNTY, ...BOXES].map(({ user, password }) => ({
    user,
    hash: mosquittoHash(password, new Uint8Array(12)),
  }));
  // Started by root, Mosquitto reads its files as another user; in the tests it stays who it is.
  const conf = `${mosquittoConf({ host: "127.0.0.1", port }, paths)}user root\n`;
  writeFileSync(paths.passwords, mosquittoPasswords(accounts));
  writeFileSync(paths.acl, mosquittoAcl());
  writeFileSync(join(folder, "conf"), conf);
  const child = spawn("mosquitto", ["-c", join(folder, "conf")], { stdio: "ignore" });
  await untilListening(port);
  return {
    port,
    county: COUNTY,
    boxes: BOXES,
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
    const answer = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

brokerContract("aedes", startAedes);
brokerContract("Mosquitto", startMosquitto);
