/** `console`: the county console in the foreground. */
import { resolve } from "node:path";
import { startProgram } from "../demo/program.ts";
import { untilStopped } from "../demo/until-stopped.ts";
import { PLACES } from "../places.ts";

export interface RunOptions {
  readonly data: string;
  readonly port?: string;
  readonly brokerPort?: string;
  readonly host?: string;
  readonly publicHost?: string;
  readonly databaseUrl?: string;
  readonly brokerUrl?: string;
  readonly utcOffset?: string;
  readonly origin?: string;
  readonly originKeys?: string;
  readonly originUrl?: string;
  readonly json?: true;
}

export async function runConsole(options: RunOptions): Promise<void> {
  const args = ["--data", resolve(options.data), "--web", PLACES.consolePage, ...passOn(options)];
  const county = await startProgram("县控制台", PLACES.countyProgram, args);
  const { console: url, broker } = county.ready;
  process.stdout.write(
    options.json
      ? `${JSON.stringify(county.ready)}\n`
      : `县控制台：${String(url)}\n消息服务：${String(broker)}\n按 Ctrl+C 停止。\n`,
  );
  await untilStopped([county]);
}

function passOn(options: RunOptions): string[] {
  const given: readonly (readonly [string, string | undefined])[] = [
    ["--port", options.port],
    ["--broker-port", options.brokerPort],
    ["--host", options.host],
    ["--public-host", options.publicHost],
    ["--database-url", options.databaseUrl],
    ["--broker-url", options.brokerUrl],
    ["--utc-offset", options.utcOffset],
    ["--origin", options.origin],
    ["--origin-keys", options.originKeys],
    ["--origin-url", options.originUrl],
  ];
  // One word each: a value that begins with a dash is a value all the same.
  return given.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}
