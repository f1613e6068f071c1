/**
 * A web view of years ago, driven over its debugging socket: today's drivers do not speak to it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { View } from "../../protocol/generated/types.ts";
import { ROOT } from "./process.ts";

export type OldMajor = 73 | 78;

const KEYS = { ok: ["Enter", 13], right: ["ArrowRight", 39], up: ["ArrowUp", 38] } as const;
const WAIT_MS = 60_000;
const BETWEEN_KEYS_MS = 200;

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--no-zygote",
  "--single-process",
  "--use-gl=swiftshader",
  "--ignore-gpu-blacklist",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-background-networking",
  "--no-first-run",
  "--window-size=1920,1080",
  "--remote-debugging-port=0",
];

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly exceptionDetails?: unknown };
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly data?: string };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** It dies without any font; the one that the page is built from will do. */
function writeFontList(folder: string): string {
  const file = join(folder, "fonts.conf");
  const fonts = join(ROOT, "node_modules/@expo-google-fonts/noto-sans-sc");
  const list = `<fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir></fontconfig>`;
  writeFileSync(file, `<?xml version="1.0"?>${list}\n`);
  return file;
}

async function debuggerPort(child: ChildProcess): Promise<string> {
  let said = "";
  for await (const chunk of child.stderr ?? []) {
    said += String(chunk);
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error(`no debugging port:\n${said.slice(-800)}`);
}

/** The page is listed a moment after the port is told. */
async function pageSocket(port: string): Promise<WebSocket> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/json`);
    const pages = (await answer.json()) as { type: string; webSocketDebuggerUrl?: string }[];
    const url = pages.find(({ type }) => type === "page")?.webSocketDebuggerUrl;
    if (url !== undefined) return openSocket(url);
    if (performance.now() > deadline) throw new Error(`no page: ${JSON.stringify(pages)}`);
    await pause(100);
  }
}

async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, "open");
  return socket;
}

export class OldTv {
  /** What the page threw. */
  readonly errors: string[] = [];
  readonly #child: ChildProcess;
  readonly #socket: WebSocket;
  readonly #folder: string;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #id = 0;

  constructor(child: ChildProcess, socket: WebSocket, folder: string) {
    this.#child = child;
    this.#socket = socket;
    this.#folder = folder;
    socket.on("message", (text: Buffer) => this.#hear(JSON.parse(text.toString()) as Reply));
  }

  #hear(reply: Reply): void {
    if (reply.method === "Runtime.exceptionThrown") {
      this.errors.push(JSON.stringify(reply.params?.exceptionDetails).slice(0, 400));
    }
    if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply);
  }

  send(method: string, params: object = {}): Promise<Reply> {
    this.#id += 1;
    const id = this.#id;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.send("Runtime.evaluate", { expression, returnByValue: true });
    return result?.result?.value as T;
  }

  async press(key: keyof typeof KEYS, times = 1): Promise<void> {
    const [name, windowsVirtualKeyCode] = KEYS[key];
    for (let count = 0; count < times; count += 1) {
      const event = { key: name, code: name, windowsVirtualKeyCode };
      await this.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event });
      await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
      await pause(BETWEEN_KEYS_MS);
    }
  }

  view(): Promise<View | null> {
    return this.evaluate<View | null>("window.__oneRoom ? window.__oneRoom.view : null");
  }

  async until(what: string, fits: (view: View) => boolean): Promise<View> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const view = await this.view();
      if (view !== null && fits(view)) return view;
      if (performance.now() > deadline) throw new Error(`never ${what}: ${JSON.stringify(view)}`);
      await pause(100);
    }
  }

  async picture(): Promise<Buffer> {
    const { result } = await this.send("Page.captureScreenshot");
    return Buffer.from(result?.data ?? "", "base64");
  }

  async close(): Promise<void> {
    this.#socket.terminate();
    const ended = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function openOldTv(major: OldMajor, url: string): Promise<OldTv> {
  const home = join(ROOT, `.cache/chromium-${major}`);
  const folder = mkdtempSync(join(tmpdir(), "one-room-old-"));
  const env = {
    ...process.env,
    HOME: folder,
    LD_LIBRARY_PATH: join(home, "lib"),
    FONTCONFIG_FILE: writeFontList(folder),
  };
  const args = [...FLAGS, `--user-data-dir=${folder}/profile`, "about:blank"];
  const child = spawn(join(home, "chromium"), args, { env, stdio: ["ignore", "ignore", "pipe"] });
  const tv = new OldTv(child, await pageSocket(await debuggerPort(child)), folder);
  await tv.send("Runtime.enable");
  await tv.send("Page.enable");
  const size = { width: 1920, height: 1080, deviceScaleFactor: 1, mobile: false };
  await tv.send("Emulation.setDeviceMetricsOverride", size);
  await tv.send("Page.navigate", { url });
  return tv;
}
