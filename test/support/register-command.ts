/** `register …` run in this process over a journal in a folder of its own, with what it said. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { registerCommand } from "../../cli/register.ts";
import { FakeClock } from "../../platform/fake/fake-clock.ts";
import { FakeRandom } from "../../platform/fake/fake-random.ts";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { openRegister } from "../../src/register/open-register.ts";
import type { Register } from "../../src/register/register.ts";
import { STUDY_DAY_UNIX_MS } from "./open-fake-register.ts";

export interface CommandWorld {
  /** Made anew for each test. */
  readonly root: string;
  readonly said: { out: string; err: string };
  /** Makes a folder that says it is a box's. */
  makeBox(name?: string): string;
  /** @returns the exit code */
  run(...args: string[]): Promise<number>;
  /** What one command said on standard output. */
  tell(...args: string[]): Promise<string>;
}

/** To be called once in a test file. */
export function commandWorld(name: string): CommandWorld {
  const said = { out: "", err: "" };
  let root = "";
  const keep = (where: "out" | "err") => (text: unknown) => {
    said[where] += String(text);
    return true;
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), `one-room-${name}-`));
    Object.assign(said, { out: "", err: "" });
    vi.spyOn(process.stdout, "write").mockImplementation(keep("out"));
    vi.spyOn(process.stderr, "write").mockImplementation(keep("err"));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = 0;
    rmSync(root, { recursive: true, force: true });
  });
  const run = async (...args: string[]) => {
    process.exitCode = 0;
    await registerCommand().parseAsync(args, { from: "user" });
    return Number(process.exitCode);
  };
  return {
    get root() {
      return root;
    },
    said,
    makeBox(box = "") {
      const folder = join(root, box);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "version"), '{"layout":1,"kind":"box"}\n');
      return folder;
    },
    run,
    async tell(...args) {
      said.out = "";
      await run(...args);
      return said.out;
    },
  };
}

export interface FolderRegister {
  /** False: the clock is nobody's. */
  readonly sure?: boolean;
  readonly seed?: number;
  /** Folder of the second copy. */
  readonly mirror?: string;
}

/** The register of a folder, as a box opens it on the study day. */
export function openFolderRegister(
  folder: string,
  { sure = true, seed = 7, mirror }: FolderRegister = {},
): Promise<Register> {
  return openRegister({
    disk: new NodeDisk(folder),
    folder: "register",
    clock: new FakeClock(STUDY_DAY_UNIX_MS),
    random: new FakeRandom(seed),
    wallSource: () => (sure ? "county" : "rtc"),
    sha256: nodeSha256,
    software: "test",
    ...(mirror === undefined ? {} : { mirror: () => Promise.resolve(new NodeDisk(mirror)) }),
  });
}
