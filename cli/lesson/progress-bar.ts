/** One line on a terminal that fills up, with the time left; elsewhere a line at each tenth. */
import type { Clock } from "../../platform/ports/clock.ts";

export interface ProgressBarOptions {
  readonly clock: Pick<Clock, "bootMs">;
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
}

export interface ProgressBar {
  /** `done` from 0 to 1. */
  show(what: string, done: number): void;
  end(): void;
}

const WIDTH = 24;
/** Before that the time left is a guess that only confuses. */
const GUESS_FROM = 0.02;

/** `before`: what was done when this work began, in an earlier run or at another speed. */
export function timeLeft(elapsedMs: number, done: number, before = 0): string {
  if (done - before < GUESS_FROM || done >= 1) return "";
  const seconds = Math.ceil((elapsedMs * (1 - done)) / (done - before) / 1000);
  if (seconds < 60) return `还要 ${seconds} 秒`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `还要 ${minutes} 分`;
  return `还要 ${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

export function progressBar({ clock, write, isTerminal }: ProgressBarOptions): ProgressBar {
  // Each kind of work has its own speed, and what was done before it says nothing about it.
  let began = { what: "", atMs: 0, done: 0 };
  let lastTenth = -1;
  const line = (what: string, done: number) => {
    if (what !== began.what) began = { what, atMs: clock.bootMs(), done };
    const percent = `${Math.floor(done * 100)}%`.padStart(4);
    const left = timeLeft(clock.bootMs() - began.atMs, done, began.done);
    return `${what} ${percent} ${left}`.trimEnd();
  };
  return {
    show: (what, done) => {
      const filled = Math.round(done * WIDTH);
      const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      if (isTerminal) return write(`\r\u001b[K${bar} ${line(what, done)}`);
      const tenth = Math.floor(done * 10);
      if (tenth > lastTenth) write(`${line(what, done)}\n`);
      lastTenth = Math.max(lastTenth, tenth);
    },
    end: () => {
      if (isTerminal) write("\r\u001b[K");
    },
  };
}
