/** One JSON line on stderr for each thing worth telling; never a secret, never a person's name. */
import { countyClock } from "./clock.ts";

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(what: string, fields?: LogFields): void;
  warn(what: string, fields?: LogFields): void;
}

function write(level: "info" | "warn", what: string, fields: LogFields): void {
  const at = new Date(countyClock.nowMs()).toISOString();
  process.stderr.write(`${JSON.stringify({ at, level, what, ...fields })}\n`);
}

export const stderrLog: Log = {
  info: (what, fields = {}) => write("info", what, fields),
  warn: (what, fields = {}) => write("warn", what, fields),
};

export const silentLog: Log = { info: () => {}, warn: () => {} };

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
