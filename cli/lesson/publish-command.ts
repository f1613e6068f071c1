/** `lesson publish`. */
import { refreshCatalogue } from "../../console/supply/catalogue/daily-signing.ts";
import { publishLessons, withdrawLesson } from "../../console/supply/catalogue/publish.ts";
import { PLACES } from "../places.ts";
import { printJson } from "./say-error.ts";
import { type Supply, type SupplyCommandOptions, supplying } from "./supply-options.ts";

export interface PublishCommandOptions extends SupplyCommandOptions {
  readonly refresh?: true;
  readonly withdraw?: string;
  readonly priority: string;
  readonly film: boolean;
}

const PRIORITY_MAX = 1000;

export function publishCommand(
  folders: readonly string[],
  options: PublishCommandOptions,
): Promise<void> {
  return supplying(options, async (supply) => {
    if (options.withdraw !== undefined) return withdraw(options.withdraw, supply);
    if (folders.length === 0 && options.refresh !== true) {
      return fail("没有说发布哪个课件。给出课件的文件夹，或者用 --refresh 只更新签名。");
    }
    return folders.length === 0 ? refresh(options, supply) : publish(folders, options, supply);
  });
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

async function refresh({ json }: PublishCommandOptions, supply: Supply): Promise<void> {
  const released = await refreshCatalogue(supply);
  if (json === true) return printJson({ ok: true, ...released });
  process.stdout.write(`签名更新了，时间戳第 ${released.timestampVersion} 版，14 天有效。\n`);
}

async function withdraw(id: string, supply: Supply): Promise<void> {
  const released = await withdrawLesson(id, supply);
  if (released === null) return fail(`目录里没有 ${id}。`);
  process.stdout.write(`${id} 已从目录里撤下。它的片号不会再给别的课件。\n`);
}

async function publish(
  folders: readonly string[],
  { json, film, priority: text }: PublishCommandOptions,
  supply: Supply,
): Promise<void> {
  const priority = Number(text);
  if (!Number.isInteger(priority) || priority < 0 || priority > PRIORITY_MAX) {
    return fail(`优先级要是 0 到 ${PRIORITY_MAX} 的整数，不是 ${text}。`);
  }
  const checks = { withoutFilm: !film, fontsFolder: PLACES.tvFonts };
  const result = await publishLessons(folders, { ...supply, ...checks, priority });
  if (!result.ok) process.exitCode = 1;
  if (json === true) return printJson(result);
  if (result.ok) {
    process.stdout.write(`发布了 ${result.added.join("、")}。播放盒今晚会来取。\n`);
    return;
  }
  process.stderr.write(`${result.text}\n`);
  for (const { path, text } of result.findings) process.stderr.write(`错误 ${path}：${text}\n`);
}
