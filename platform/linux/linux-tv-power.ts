import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TvPower, TvReading } from "../ports/tv-power.ts";

/** Resolves with what a program printed; rejects when it could not run, or took too long. */
export type RunProgram = (file: string, args: readonly string[]) => Promise<string>;

/** HDMI-CEC 1.4, CEC 13.6: a set answers within a second, some after a retry. */
const ANSWER_MS = 4000;

/**
 * `TvPower` over HDMI-CEC with `cec-ctl` (v4l-utils), where both are there. A connector's `status`
 * says whether a cable ends in a set, which is asked first, and never whether the set is on.
 */
export class LinuxTvPower implements TvPower {
  readonly #root: string;
  readonly #run: RunProgram;

  /** @param root of the file system; another one in tests */
  constructor(root = "/", run: RunProgram = runProgram) {
    this.#root = root;
    this.#run = run;
  }

  async read(): Promise<TvReading> {
    if (await this.#isUnplugged()) return unknown("no-tv");
    const device = (await this.#list("dev")).find((name) => /^cec\d+$/.test(name));
    if (device === undefined) return unknown("no-cec");
    return this.#ask(join(this.#root, "dev", device));
  }

  async #ask(device: string): Promise<TvReading> {
    try {
      await this.#run("cec-ctl", ["-d", device, "--playback"]);
      return parse(await this.#run("cec-ctl", ["-d", device, "--to", "0", GIVE_STATUS]));
    } catch {
      // No `cec-ctl`, no right to the device, or a set that does not answer: nobody knows.
      return unknown("no-answer");
    }
  }

  /** Every connector says that nothing is plugged in. */
  async #isUnplugged(): Promise<boolean> {
    const folder = "sys/class/drm";
    const names = (await this.#list(folder)).filter((name) => /^card\d+-/.test(name));
    const states = await Promise.all(names.map((name) => this.#text(`${folder}/${name}/status`)));
    return states.length > 0 && states.every((state) => state === "disconnected");
  }

  async #list(folder: string): Promise<string[]> {
    return readdir(join(this.#root, folder)).catch(() => []);
  }

  async #text(path: string): Promise<string> {
    return (await readFile(join(this.#root, path), "utf8").catch(() => "")).trim();
  }
}

const GIVE_STATUS = "--give-device-power-status";

function unknown(how: string): TvReading {
  return { power: "unknown", how };
}

/** `pwr-state: on (0x00)`; a set that is just going on or off is neither. */
function parse(text: string): TvReading {
  const [, state] = /pwr-state:\s*([a-z-]+)/.exec(text) ?? [];
  if (state === "on") return { power: "on", how: "cec" };
  return state === "standby" ? { power: "off", how: "cec" } : unknown("no-answer");
}

function runProgram(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { timeout: ANSWER_MS / 2 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
}
