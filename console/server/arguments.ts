/** The command line of `dist/console/main.mjs`. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { StartError } from "./start-error.ts";

export interface CountyArguments {
  readonly data: string;
  readonly host: string;
  /** The name under which boxes and pages reach this machine. */
  readonly publicHost: string;
  readonly port: number;
  readonly brokerPort: number;
  readonly webFolder: string | null;
  readonly databaseUrl: string | null;
  readonly brokerUrl: string | null;
  readonly utcOffsetMinutes: number;
  readonly lostDebounceMs: number;
  /** The published tree; null: `origin` in the data folder. */
  readonly originTree: string | null;
  /** Keys that sign the day; null: `keys/catalogue` in the data folder. */
  readonly originKeys: string | null;
  /** Where boxes fetch lessons when another web server serves the tree; null: from us. */
  readonly originUrl: string | null;
}

const OPTIONS = {
  data: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  "public-host": { type: "string" },
  port: { type: "string", default: "7400" },
  "broker-port": { type: "string", default: "7483" },
  web: { type: "string" },
  "database-url": { type: "string" },
  "broker-url": { type: "string" },
  "utc-offset": { type: "string", default: "480" },
  "lost-after": { type: "string", default: "60" },
  origin: { type: "string" },
  "origin-keys": { type: "string" },
  "origin-url": { type: "string" },
} as const;

/** 中国标准时间 is UTC+8 everywhere; the range is that of the world's zones. */
const OFFSET_MINUTES_MAX = 14 * 60;

/** @throws StartError `bad-option` */
export function readArguments(args: readonly string[]): CountyArguments {
  const values = parse(args);
  if (values.data === undefined) throw badOption("少了 --data：数据放在哪个文件夹。");
  const { host } = values;
  return {
    data: resolve(values.data),
    host,
    publicHost: values["public-host"] ?? (isAnywhere(host) ? "127.0.0.1" : host),
    port: integer("--port", values.port, [0, 65_535]),
    brokerPort: integer("--broker-port", values["broker-port"], [0, 65_535]),
    webFolder: folder(values.web),
    databaseUrl: url("--database-url", values["database-url"], ["postgres:", "postgresql:"]),
    brokerUrl: url("--broker-url", values["broker-url"], ["mqtt:", "mqtts:"]),
    utcOffsetMinutes: integer("--utc-offset", values["utc-offset"], [
      -OFFSET_MINUTES_MAX,
      OFFSET_MINUTES_MAX,
    ]),
    lostDebounceMs: integer("--lost-after", values["lost-after"], [0, 3600]) * 1000,
    originTree: folder(values.origin),
    originKeys: folder(values["origin-keys"]),
    originUrl: url("--origin-url", values["origin-url"], ["http:", "https:"]),
  };
}

function folder(text: string | undefined): string | null {
  return text === undefined ? null : resolve(text);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    const option = /'(--?[^' =]*)/.exec(String(error))?.[1] ?? "";
    throw new StartError("bad-option", `不认识的选项，或选项后面少了值：${option}`, {
      cause: error,
    });
  }
}

function badOption(text: string): StartError {
  return new StartError("bad-option", text);
}

function isAnywhere(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function integer(
  name: string,
  text: string,
  [min, max]: readonly [min: number, max: number],
): number {
  const value = /^-?\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw badOption(`${name} 应当是 ${min} 到 ${max} 的整数，不能是 ${text}。`);
}

function url(name: string, text: string | undefined, protocols: readonly string[]): string | null {
  if (text === undefined) return null;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  throw badOption(`${name} 应当是一个 ${protocols[0]}// 开头的地址。`);
}
