/** Resident memory of the box service at rest, beside a Node process that does nothing. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Figure, round } from "./figure.ts";

const RATIO_MAX = 2;
/** Long enough for start-up garbage to be collected; both processes get the same. */
const SETTLE_MS = 10_000;

/**
 * Pages private to the process plus its share of shared ones would need smaps; VmRSS is what the
 * system counts.
 */
function residentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
}

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the box service ended with ${code}`)));
  });
}

export async function run(root: string): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), "one-room-bench-"));
  const boxArgs = [`${root}/dist/box/box.mjs`, "--data", data, "--port", "0"];
  const box = spawn(process.execPath, boxArgs, { stdio: ["ignore", "pipe", "ignore"] });
  const idle = spawn(process.execPath, ["-e", "setInterval(()=>{},1e9)"], { stdio: "ignore" });
  try {
    await ready(box);
    await pause(SETTLE_MS);
    const [boxMb, idleMb] = [residentMb(box), residentMb(idle)];
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
    box.kill("SIGKILL");
    idle.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  }
}
