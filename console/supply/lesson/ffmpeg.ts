/** ffmpeg and ffprobe as child processes: arguments as lists, never through a shell. */
import { spawn } from "node:child_process";

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

/** What it wrote to stderr. @throws FfmpegError */
export async function ffmpeg(
  words: readonly string[],
  { onTime }: FfmpegOptions = {},
): Promise<string> {
  const all = ["-hide_banner", "-nostdin", "-y", ...words];
  const { stderr } = await run("ffmpeg", all, (chunk) => {
    const last = [...chunk.matchAll(TIME)].at(-1);
    if (last !== undefined) {
      onTime?.(Number(last[1]) * 3600 + Number(last[2]) * 60 + Number(last[3]));
    }
  });
  return stderr;
}

/** What it wrote to stdout. @throws FfmpegError */
export async function ffprobe(words: readonly string[]): Promise<string> {
  const { stdout } = await run("ffprobe", ["-hide_banner", "-v", "error", ...words], () => {});
  return stdout;
}

async function run(
  program: string,
  words: readonly string[],
  onStderr: (chunk: string) => void,
): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    said.stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said.stderr = (said.stderr + chunk).slice(-KEPT_CHARACTERS);
    onStderr(chunk);
  });
  // An encoder must not outlive the command that started it.
  const stop = () => void child.kill("SIGKILL");
  process.once("exit", stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (error) => reject(new FfmpegError("not-installed", error.message)));
    child.once("close", resolve);
  }).finally(() => process.off("exit", stop));
  if (code !== 0) throw new FfmpegError("failed", `${program}: ${said.stderr.slice(-2000)}`);
  return said;
}
