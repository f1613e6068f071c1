/** The progress bar of this terminal. It goes to stderr: stdout is for what was asked. */
import { NodeClock } from "../../platform/node/node-clock.ts";
import { type ProgressBar, progressBar } from "./progress-bar.ts";

export function terminalBar(): ProgressBar {
  return progressBar({
    clock: new NodeClock(),
    write: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
  });
}
