/** `lesson pack`. */
import {
  type PackProgress,
  type PackResult,
  packLesson,
} from "../../console/supply/lesson/pack.ts";
import { printJson, sayingErrors } from "./say-error.ts";
import { terminalBar } from "./terminal-bar.ts";

export interface PackCommandOptions {
  readonly video: string;
  readonly material: string;
  readonly lesson: string;
  readonly out: string;
  readonly captions?: string;
  readonly poster?: string;
  readonly json?: true;
}

const PHASES: Readonly<Record<PackProgress["phase"], string>> = {
  listen: "量响度",
  film: "转视频",
  files: "写文件",
};

export function packCommand(options: PackCommandOptions): Promise<void> {
  return sayingErrors(async () => {
    const bar = terminalBar();
    const result = await packLesson({
      videoFile: options.video,
      materialFile: options.material,
      captionsFile: options.captions,
      posterFile: options.poster,
      lessonFile: options.lesson,
      outDir: options.out,
      onResume: () => void process.stderr.write("上次没有打完，接着做。\n"),
      onProgress: ({ phase, done }) => bar.show(PHASES[phase], done),
    }).finally(() => bar.end());
    tell(result, options);
  });
}

function tell(result: PackResult, { out, json }: PackCommandOptions): void {
  if (!result.ok) process.exitCode = 1;
  if (json === true) printJson(result.ok ? facts(result) : result);
  else if (result.ok)
    process.stdout.write(`${sentence(result)}，在 ${out}。\n下一步：lesson check ${out}\n`);
  else process.stderr.write(`${result.text}\n`);
}

type Packed = Extract<PackResult, { ok: true }>;

function sentence({ manifest: { title, files, bytes } }: Packed): string {
  const size = ((bytes.browse + bytes.play) / 1e6).toFixed(1);
  return `《${title}》打好了：${files.length} 个文件，${size} MB`;
}

function facts({ manifest }: Packed): Record<string, unknown> {
  const { id, version, title, durationMs, files, bytes } = manifest;
  return { ok: true, id, version, title, durationMs, files: files.length, bytes };
}
