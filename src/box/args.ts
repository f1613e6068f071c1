/** The arguments of the box service. */
import { parseArgs } from "node:util";
import { StartError } from "./start-error.ts";

export interface BoxArgs {
  readonly data: string;
  /** Null: the port this folder was given before, else 7300. 0: any free one, then kept. */
  readonly port: number | null;
  /** Folder of the built TV page. */
  readonly tv: string | null;
  /** Enrolment file; by default `<data>/county.json` when it is there. */
  readonly county: string | null;
  /** Folder of a second volume for copy B of the register. */
  readonly mirror: string | null;
}

export const DEFAULT_PORT = 7300;

/** @throws StartError */
export function parseBoxArgs(args: readonly string[]): BoxArgs {
  const { data, port, tv, county, mirror } = readOptions(args);
  if (data === undefined) throw new StartError("usage", "少了 --data：数据放在哪个文件夹？");
  return {
    data,
    port: port === undefined ? null : parsePort(port),
    tv: tv ?? null,
    county: county ?? null,
    mirror: mirror ?? null,
  };
}

function readOptions(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const options = { data: text, port: text, tv: text, county: text, mirror: text };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new StartError("usage", `参数不对：${(error as Error).message}`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new StartError("usage", `--port 要在 0 到 65535 之间，这里是“${text}”。`);
}
