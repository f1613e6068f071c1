/**
 * Resident memory of the box service at rest, beside a Node process that does nothing. The box has
 * lessons, roster and plan as in a room, and is connected to a broker. `VmRSS` is what the system
 * counts, shared pages included.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { startBox } from "./box.ts";
import { startBroker } from "./broker.ts";
import { type Figure, round } from "./figure.ts";

const RATIO_MAX = 2;
/** Long enough for start-up garbage to be collected; both processes get the same. */
const SETTLE_MS = 10_000;

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
}

export async function run(root: string): Promise<Figure[]> {
  const broker = await startBroker();
  const box = await startBox(root);
  const idle = spawn(process.execPath, ["-e", "setInterval(()=>{},1e9)"], { stdio: "ignore" });
  try {
    await box.enrol(broker.enrolmentOf(box.boxId));
    await broker.joined;
    await pause(SETTLE_MS);
    const [boxMb, idleMb] = [residentMb(box.pid), residentMb(idle.pid ?? 0)];
    return [
      {
        name: "box service, resident",
        value: round(boxMb, 1),
        unit: "MB",
        comparedWith: `idle Node: ${round(idleMb, 1)} MB`,
        ratio: round(boxMb / idleMb),
        target: `≤ ${RATIO_MAX} × idle Node`,
        met: boxMb <= RATIO_MAX * idleMb,
      },
    ];
  } finally {
    idle.kill("SIGKILL");
    await box.stop();
    await broker.close();
  }
}
