/**
 * The victim of `kill.test.ts`: appends as fast as it can, and tells each acknowledgement on
 * stdout with a synchronous write, so that the witness knows of it before the next one begins.
 */
import { writeSync } from "node:fs";
import { NodeClock } from "../../../platform/node/node-clock.ts";
import { NodeDisk } from "../../../platform/node/node-disk.ts";
import { nodeRandom } from "../../../platform/node/node-random.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { openRegister } from "../../../src/register/open-register.ts";

const [folder = "", round = ""] = process.argv.slice(2);

const register = await openRegister({
  disk: new NodeDisk(folder),
  folder: "register",
  clock: new NodeClock(),
  random: nodeRandom,
  wallSource: () => "rtc",
  sha256: nodeSha256,
  software: "appender",
});
for (let count = 1; ; count += 1) {
  // Of different lengths, so that a cut meets frames at every place.
  const detail = "满".repeat((count * 37) % 120);
  const { e, s, h } = await register.append(
    { k: "fault", d: { part: "appender", code: `${round}-${count}`, detail } },
    { intentId: `round-${round}-${count}` },
  );
  writeSync(1, `${e} ${s} ${h}\n`);
}
