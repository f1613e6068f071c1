/** The register as the box runs it, over a disk of the bench's own. */
import { NodeClock } from "../platform/node/node-clock.ts";
import { nodeRandom } from "../platform/node/node-random.ts";
import { nodeSha256 } from "../platform/node/node-sha256.ts";
import type { Disk } from "../platform/ports/disk.ts";
import { openRegister } from "../src/register/open-register.ts";
import type { Register } from "../src/register/register.ts";

export function openRegisterOn(disk: Disk): Promise<Register> {
  return openRegister({
    disk,
    folder: "register",
    clock: new NodeClock(),
    random: nodeRandom,
    wallSource: () => "rtc",
    sha256: nodeSha256,
    software: "bench",
  });
}
