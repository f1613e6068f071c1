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

export function timeLeft(elapsedMs: number, done: number): string {
  if (done < GUESS_FROM || done >= 1) return "";
  const seconds = Math.ceil((elapsedMs * (1 - done)) / done / 1000);
  if (seconds < 60) return `还要 ${seconds} 秒`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `还要 ${minutes} 分`;
  return `还要 ${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

export function progressBar({ clock, write, isTerminal }: ProgressBarOptions): ProgressBar {
  const startMs = clock.bootMs();
  let lastTenth = -1;
  const line = (what: string, done: number) => {
    const percent = `${Math.floor(done * 100)}%`.padStart(4);
    return `${what} ${percent} ${timeLeft(clock.bootMs() - startMs, done)}`.trimEnd();
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
