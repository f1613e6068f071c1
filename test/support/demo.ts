/** The whole main job for a test: an embedded county and one box, in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DemoFacts } from "../../cli/demo/start-demo.ts";
import { type Program, readyLine, startNode } from "./process.ts";

export interface Demo extends DemoFacts {
  readonly program: Program;
  stop(): Promise<number | null>;
}

export async function startDemo(data = mkdtempSync(join(tmpdir(), "one-room-"))): Promise<Demo> {
  const program = startNode(["tools/one-room.mjs", "demo", "--data", data, "--json"]);
  const facts = await readyLine<DemoFacts>(program);
  return {
    ...facts,
    program,
    async stop() {
      process.kill(program.pid, "SIGTERM");
      return program.ended;
    },
  };
}

/** Ends whatever is left of it, and removes its folder. */
export function removeDemo(demo: Demo): void {
  demo.program.kill("SIGKILL");
  rmSync(demo.data, { recursive: true, force: true });
}
