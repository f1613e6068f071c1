/** What the command line asks of the county console that runs on a data folder. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ApiError } from "../../protocol/console-api.ts";
import { ProgramFailed } from "../demo/program.ts";

interface Note {
  readonly url: string;
  readonly adminToken: string;
}

export interface ConsoleClient {
  /** @throws ProgramFailed with the console's own words when it refuses */
  ask(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown>;
  /** The answer as it came. @throws ProgramFailed */
  text(path: string): Promise<string>;
  /** Sends bytes as they are. @throws ProgramFailed */
  send(path: string, bytes: Uint8Array): Promise<unknown>;
}

/** Finds the console by the note in its folder. @throws ProgramFailed when none runs there */
export async function findConsole(data: string): Promise<ConsoleClient> {
  const note = await readNote(data);
  const authorization = `Bearer ${note.adminToken}`;
  const fetchText = async (path: string, request: RequestInit) => {
    const response = await fetch(new URL(path, note.url), request).catch((error: unknown) => {
      throw notRunning(data, error);
    });
    const text = await response.text();
    // Another console took the port after ours ended: it does not know our token.
    if (response.status === 401) throw notRunning(data);
    if (!response.ok) throw new ProgramFailed(wordsOf(text));
    return text;
  };
  const fetchJson = async (path: string, request: RequestInit) => {
    const text = await fetchText(path, request);
    return text === "" ? null : JSON.parse(text);
  };
  return {
    ask(method, path, body) {
      const headers: Record<string, string> = { authorization };
      if (body !== undefined) headers["content-type"] = "application/json";
      const text = body === undefined ? null : JSON.stringify(body);
      return fetchJson(path, { method, headers, body: text });
    },
    text(path) {
      return fetchText(path, { headers: { authorization } });
    },
    send(path, bytes) {
      const headers = { authorization, "content-type": "application/octet-stream" };
      return fetchJson(path, { method: "POST", headers, body: Buffer.from(bytes) });
    },
  };
}

async function readNote(data: string): Promise<Note> {
  try {
    return JSON.parse(await readFile(join(data, "run", "console.json"), "utf8")) as Note;
  } catch (error) {
    throw notRunning(data, error);
  }
}

function notRunning(data: string, cause?: unknown): ProgramFailed {
  return new ProgramFailed(
    `${data} 上没有正在运行的县控制台。请先启动：one-room console --data ${data}`,
    { cause },
  );
}

function wordsOf(text: string): string {
  try {
    return (JSON.parse(text) as ApiError).text;
  } catch {
    // Not our console's answer; its first words are better than none.
    return text.slice(0, 200);
  }
}
