import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import type { Clock } from "../ports/clock.ts";

/** `Clock` on Linux and Android. `os.uptime()` counts suspend, `process.hrtime` does not. */
export class NodeClock implements Clock {
  readonly bootId = readBootId();
  #lastBootMs = 0;

  bootMs(): number {
    this.#lastBootMs = Math.max(this.#lastBootMs, Math.round(uptime() * 1000));
    return this.#lastBootMs;
  }

  wallUnixMs(): number {
    return Date.now();
  }
}

function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    // Elsewhere than on Linux (a developer's machine): the moment of boot, to the minute.
    return `boot-${Math.round((Date.now() - uptime() * 1000) / 60_000)}`;
  }
}
