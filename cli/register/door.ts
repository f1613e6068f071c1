/**
 * The one way by which a command writes: through the door of the box service. Of the one that runs,
 * or else of one that is started for the moment, with the folder's lock. Never two writers.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { Intent, ServiceMessage } from "../../protocol/generated/types.ts";
import { ProgramFailed, startProgram } from "../demo/program.ts";
import { PLACES } from "../places.ts";
import { CannotRead } from "./open-reading.ts";

/** Two syncs of a slow card take seconds, never this long. */
const ANSWER_MS = 30_000;

interface Door {
  readonly port: number;
  readonly token: string;
}

/** Resolves when the record is on the disk. @throws CannotRead with what the box says */
export async function writeThroughBox(folder: string, intent: Intent): Promise<void> {
  const running = readDoor(folder);
  const socket = running === null ? null : await connect(running);
  if (socket !== null) return ask(socket, intent);
  const box = await startBox(folder);
  try {
    const started = await connect(box.door);
    if (started === null) throw new CannotRead("播放盒服务没有应答，请再试一次。");
    await ask(started, intent);
  } finally {
    await box.stop();
  }
}

function readDoor(folder: string): Door | null {
  try {
    const port = Number(readFileSync(join(folder, "run/port"), "utf8").trim());
    const { token } = JSON.parse(readFileSync(join(folder, "run/token"), "utf8")) as Door;
    return Number.isInteger(port) && port > 0 ? { port, token } : null;
  } catch {
    // It never ran here.
    return null;
  }
}

/** Null: nobody answers there, or somebody else does. */
function connect({ port, token }: Door): Promise<WebSocket | null> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/link`, {
    origin: `http://127.0.0.1:${port}`,
    headers: { cookie: `orp-${port}=${token}` },
    handshakeTimeout: ANSWER_MS,
  });
  return new Promise((resolve) => {
    socket.once("open", () => resolve(socket));
    socket.once("error", () => resolve(null));
  });
}

async function startBox(folder: string) {
  const args = ["--data", folder, "--port", "0", "--tv", PLACES.tvPage];
  try {
    const box = await startProgram("播放盒", PLACES.boxProgram, args);
    const { port, page } = box.ready as { port: number; page: string };
    const token = new URL(page).searchParams.get("k") ?? "";
    return { door: { port, token }, stop: () => box.stop() };
  } catch (error) {
    if (error instanceof ProgramFailed) throw new CannotRead(error.message);
    throw error;
  }
}

async function ask(socket: WebSocket, intent: Intent): Promise<void> {
  const id = randomUUID();
  try {
    const answer = await answerTo(socket, id, intent);
    if (!answer.ok) throw new CannotRead(answer.error?.text ?? "没有存上，请再试一次。");
  } finally {
    socket.close();
  }
}

type Answer = Extract<ServiceMessage, { kind: "answer" }>;

function answerTo(socket: WebSocket, id: string, intent: Intent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const lost = () => reject(new CannotRead("播放盒服务断开了，不知道存上没有。请看登记簿再说。"));
    const timer = setTimeout(lost, ANSWER_MS);
    socket.on("message", (text) => {
      const message = JSON.parse(String(text)) as ServiceMessage;
      if (message.kind !== "answer" || message.id !== id) return;
      clearTimeout(timer);
      resolve(message);
    });
    socket.once("close", lost);
    socket.once("error", lost);
    socket.send(JSON.stringify({ kind: "intent", id, intent }));
  });
}
