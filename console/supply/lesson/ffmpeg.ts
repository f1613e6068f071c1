/** ffmpeg and ffprobe as child processes: arguments as lists, never through a shell. */
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface FfmpegOptions {
  /** Seconds of the film that are done, while it runs. */
  readonly onTime?: ((seconds: number) => void) | undefined;
}

/** ffmpeg could not be started, or ended with an error. */
export class FfmpegError extends Error {
  override readonly name = "FfmpegError";
  readonly code: "not-installed" | "failed";

  constructor(code: FfmpegError["code"], said: string) {
    super(said);
    this.code = code;
  }
}

const KEPT_CHARACTERS = 200_000;
const TIME = /time=(\d+):(\d+):([\d.]+)/g;
const FRAMES = /frame=\s*(\d+)/g;

/** What it wrote to stderr. @throws FfmpegError */
export function ffmpeg(words: readonly string[], options: FfmpegOptions = {}): Promise<string> {
  return film(words, new Heard(), options);
}

/**
 * What it writes to `pipe:1` goes into a file that is whole on the disk afterwards. It goes through
 * this process, so that an encoder whose command was killed breaks off at its next write.
 * @returns frames of picture that were written; 0 when there is only sound
 * @throws FfmpegError; NodeJS.ErrnoException when the file cannot be written
 */
export async function ffmpegInto(
  target: string,
  words: readonly string[],
  options: FfmpegOptions = {},
): Promise<number> {
  const said = await film([...words, "pipe:1"], createWriteStream(target), options);
  const file = await open(target, "r+");
  await file.sync().finally(() => file.close());
  return Number([...said.matchAll(FRAMES)].at(-1)?.[1] ?? 0);
}

/** What it wrote to stdout. @throws FfmpegError */
export async function ffprobe(words: readonly string[]): Promise<string> {
  const heard = new Heard();
  await run("ffprobe", ["-hide_banner", "-v", "error", ...words], { into: heard, tell: () => {} });
  return heard.text;
}

function film(words: readonly string[], into: Writable, { onTime }: FfmpegOptions) {
  const tell = (chunk: string) => {
    const last = [...chunk.matchAll(TIME)].at(-1);
    if (last !== undefined) {
      onTime?.(Number(last[1]) * 3600 + Number(last[2]) * 60 + Number(last[3]));
    }
  };
  return run("ffmpeg", ["-hide_banner", "-nostdin", "-y", ...words], { into, tell });
}

class Heard extends Writable {
  readonly #pieces: Buffer[] = [];

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.#pieces.push(piece);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString("utf8");
  }
}

interface RunOptions {
  /** Takes its stdout. */
  readonly into: Writable;
  /** Is told what it says on stderr, as it says it. */
  readonly tell: (chunk: string) => void;
}

/** What it wrote to stderr, the end of it when it was much. */
async function run(
  program: string,
  words: readonly string[],
  { into, tell }: RunOptions,
): Promise<string> {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-KEPT_CHARACTERS);
    tell(chunk);
  });
  // An encoder must not outlive the command that started it.
  const stop = () => void child.kill("SIGKILL");
  process.once("exit", stop);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once("error", (error) => reject(new FfmpegError("not-installed", error.message)));
    child.once("close", resolve);
  });
  try {
    // Both are waited for: where nothing can be written, that is what is wrong, not its end.
    const [written, code] = await Promise.allSettled([pipeline(child.stdout, into), closed]);
    if (code.status === "rejected") throw code.reason;
    if (written.status === "rejected") throw written.reason;
    if (code.value !== 0) throw new FfmpegError("failed", `${program}: ${said.slice(-2000)}`);
    return said;
  } finally {
    process.off("exit", stop);
  }
}
