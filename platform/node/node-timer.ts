import { performance } from "node:perf_hooks";
import type { Timer, Wait } from "../ports/timer.ts";

/** What `setTimeout` can hold; a longer wait is cut, and its caller asks again. */
const LONGEST_MS = 2 ** 31 - 1;

export const nodeTimer: Timer = {
  nowMs: () => performance.now(),
  wait(ms): Wait {
    let cancel = (): void => {};
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(ms, 0), LONGEST_MS));
      cancel = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return { over, cancel };
  },
};
