/**
 * The web socket `/link`: views out, intents in (docs/formats/link.md).
 *
 * - K1. Every intent is answered, also one that nobody understands.
 * - K2. A page that cannot keep up misses views, never the newest one.
 * - K3. No malformed or oversized message of a page can end the service.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type {
  IntentMessage,
  PageMessage,
  ServiceMessage,
  View,
} from "../../protocol/generated/types.ts";
import { isPageMessage } from "../../protocol/generated/validators.js";
import type { PageWatch, RoomDoor } from "./room-door.ts";

/** The largest intent marks 400 members, about 12 kB. */
const MESSAGE_BYTES_MAX = 64 * 1024;
/** A page that sends this much nonsense is not ours; it may connect again. */
const NONSENSE_MAX = 50;
/** One TV, a second screen for the installer, and what a reload leaves behind for a moment. */
const PAGES_MAX = 8;
/** More than a few views that were not taken: this page is stuck, and gets the newest later. */
const UNSENT_BYTES_MAX = 512 * 1024;
const BEAT_MS = 1000;

export interface LinkSocket {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

interface Page {
  readonly socket: WebSocket;
  nonsense: number;
  /** A view was held back (K2). */
  behind: boolean;
}

export function openLinkSocket(room: RoomDoor, watch: PageWatch): LinkSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX });
  const pages = new Set<Page>();
  const stopViews = room.onView((view) => {
    for (const page of pages) sendView(page, view);
  });
  const beat = setInterval(() => {
    for (const page of pages) beatOnce(page, room);
  }, BEAT_MS);

  const welcome = (socket: WebSocket): void => {
    const page: Page = { socket, nonsense: 0, behind: false };
    pages.add(page);
    watch.pages(pages.size);
    socket.on("message", (data, isBinary) => receive(page, room, { watch, data, isBinary }));
    // ws closes the socket by itself after a protocol error; the listener keeps it from throwing.
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      pages.delete(page);
      watch.pages(pages.size);
    });
    sendView(page, room.view());
  };

  return {
    upgrade(request, socket, head) {
      if (pages.size >= PAGES_MAX) socket.end("HTTP/1.1 503 Service Unavailable\r\n\r\n");
      else server.handleUpgrade(request, socket, head, welcome);
    },
    close() {
      clearInterval(beat);
      stopViews();
      for (const { socket } of pages) socket.terminate();
      server.close();
    },
  };
}

function send({ socket }: Page, message: ServiceMessage): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

function sendView(page: Page, view: View): void {
  page.behind = page.socket.bufferedAmount > UNSENT_BYTES_MAX;
  if (!page.behind) send(page, { kind: "view", rev: view.rev, view });
}

function beatOnce(page: Page, room: RoomDoor): void {
  if (page.behind) sendView(page, room.view());
  else send(page, { kind: "beat" });
}

interface Received {
  readonly watch: PageWatch;
  readonly data: RawData;
  readonly isBinary: boolean;
}

function receive(page: Page, room: RoomDoor, { watch, data, isBinary }: Received): void {
  const message = isBinary ? null : parse(String(data));
  if (message === null || !isPageMessage(message)) {
    refuseNonsense(page, message);
    return;
  }
  act(page, room, { watch, message });
}

interface Act {
  readonly watch: PageWatch;
  readonly message: PageMessage;
}

function act(page: Page, room: RoomDoor, { watch, message }: Act): void {
  switch (message.kind) {
    case "intent":
      void answer(page, room, message);
      return;
    case "position":
      room.position(message);
      return;
    case "alive":
      watch.alive(message);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Expected of strangers; told to the page below.
    return null;
  }
}

function refuseNonsense(page: Page, message: unknown): void {
  page.nonsense += 1;
  if (page.nonsense > NONSENSE_MAX) {
    page.socket.close(1008, "too much nonsense");
    return;
  }
  const error = { code: "bad-intent", text: "这一步没有听懂，请再按一次。" } as const;
  send(page, { kind: "answer", id: idOf(message), ok: false, error });
}

function idOf(message: unknown): string {
  const id = (message as { readonly id?: unknown } | null)?.id;
  return typeof id === "string" ? id.slice(0, 40) : "";
}

async function answer(page: Page, room: RoomDoor, { id, intent }: IntentMessage): Promise<void> {
  try {
    const result = await room.handle(id, intent);
    send(page, { kind: "answer", id, ...result });
  } catch (cause) {
    const error = { code: "fault", text: "没有保存成功，请再按一次。" } as const;
    send(page, { kind: "answer", id, ok: false, error });
    // A programmer's error must not be swallowed: the supervisor restarts the service.
    throw cause;
  }
}
