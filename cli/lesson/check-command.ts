/** `lesson check`. */
import { checkLesson } from "../../console/supply/lesson/check.ts";
import type { Finding } from "../../console/supply/lesson/finding.ts";
import { PLACES } from "../places.ts";
import { printJson, sayingErrors } from "./say-error.ts";

export interface CheckCommandOptions {
  readonly film: boolean;
  readonly json?: true;
}

const LEVELS: Readonly<Record<Finding["level"], string>> = {
  error: "错误",
  warning: "提醒",
  skipped: "未查",
};

export function checkCommand(folder: string, options: CheckCommandOptions): Promise<void> {
  return sayingErrors(async () => {
    const findings = await checkLesson(folder, {
      withoutFilm: !options.film,
      fontsFolder: PLACES.tvFonts,
    });
    const errors = findings.filter(({ level }) => level === "error").length;
    if (errors > 0) process.exitCode = 1;
    if (options.json === true) return printJson({ ok: errors === 0, errors, findings });
    for (const finding of findings) process.stdout.write(`${line(finding)}\n`);
    process.stdout.write(errors === 0 ? "没有错误，可以导入。\n" : `有 ${errors} 处错误。\n`);
  });
}

function line({ level, path, text }: Finding): string {
  return `${LEVELS[level]} ${path === "" ? "" : `${path}：`}${text}`;
}
