/**
 * `npm run bench [name …]`: what must stay fast, each beside its peer or its limit, as a ratio in
 * one run. The machines these run on are shared: a single figure says little, a ratio says more.
 */
import { run as append } from "./append.ts";
import { run as fetch } from "./fetch.ts";
import type { Figure } from "./figure.ts";
import { run as firstFrame } from "./first-frame.ts";
import { run as idleDraws } from "./idle-draws.ts";
import { run as longSession } from "./long-session.ts";
import { run as media } from "./media.ts";
import { run as memory } from "./memory.ts";
import { run as nights } from "./nights.ts";
import { run as pageSize } from "./page-size.ts";
import { run as planner } from "./planner.ts";
import { run as replay } from "./replay.ts";
import { run as screens } from "./screens.ts";

const BENCHES: Readonly<Record<string, (root: string) => Promise<Figure[]>>> = {
  "page-size": pageSize,
  append,
  replay,
  memory,
  "first-frame": firstFrame,
  "idle-draws": idleDraws,
  screens,
  "long-session": longSession,
  planner,
  fetch,
  media,
  nights,
};

function line(figure: Figure): string {
  const ratio = figure.ratio === undefined ? "" : `  ratio ${figure.ratio}`;
  const verdict = figure.target === undefined ? "" : `  ${figure.met ? "✔" : "✖"} ${figure.target}`;
  return `${figure.name}: ${figure.value} ${figure.unit}  (${figure.comparedWith})${ratio}${verdict}`;
}

/** Exit code 1 when a target was missed, 2 when there is no such bench. */
export async function main(names: readonly string[]): Promise<void> {
  const wanted = names.length > 0 ? names : Object.keys(BENCHES);
  for (const name of wanted) {
    const bench = BENCHES[name];
    if (bench === undefined) {
      console.error(`no bench "${name}"; there are: ${Object.keys(BENCHES).join(", ")}`);
      process.exitCode = 2;
      return;
    }
    for (const figure of await bench(process.cwd())) {
      console.log(line(figure));
      if (figure.met === false) process.exitCode = 1;
    }
  }
}
