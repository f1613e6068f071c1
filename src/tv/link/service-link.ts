/**
 * The page's end of the web socket. What was not answered is sent again after a reconnect, with
 * the same id: the service answers it once, and does it once.
 */
import type {
  Intent,
  PageMessage,
  PositionMessage,
  ServiceMessage,
  View,
} from "../../../protocol/generated/types.ts";
import type { SendResult } from "../screen.ts";

/** What this file needs of a WebSocket: a test gives its own. */
export interface Socket {
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface ServiceLinkOptions {
  connect(): Socket;
  /** 16 random bytes as text, for an intent's id. */
  newId(): string;
  onView(view: View): void;
  /** Said once when the service is lost, and once when it is back. */
  onLost(lost: boolean): void;
  setTimer(act: () => void, ms: number): () => void;
}

interface Waiting {
  readonly intent: Intent;
  readonly resolve: (result: SendResult) => void;
}

/** The service beats each second: so much silence and it hangs, whatever the socket says. */
const SILENCE_MS = 2000;
/** A page that was busy for so long finds what was said meanwhile behind its own timers. */
const LISTEN_MS = 100;
const RETRY_MS = [250, 500, 1000, 2000] as const;

export class ServiceLink {
  readonly #options: ServiceLinkOptions;
  readonly #waiting = new Map<string, Waiting>();
  #socket: Socket | null = null;
  #open = false;
  #lost = false;
  #attempt = 0;
  #stopSilence: () => void = () => {};

  constructor(options: ServiceLinkOptions) {
    this.#options = options;
  }

  start(): void {
    const socket = this.#options.connect();
    this.#socket = socket;
    socket.onopen = () => {
      this.#open = true;
      this.#heard();
      for (const [id, { intent }] of this.#waiting) this.#write({ kind: "intent", id, intent });
    };
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = () => this.#end(socket);
    // A service that accepts and says nothing is as lost as one that refuses.
    this.#expect();
  }

  /** Resolves with the answer, also across reconnects. */
  send(intent: Intent): Promise<SendResult> {
    const id = this.#options.newId();
    return new Promise((resolve) => {
      this.#waiting.set(id, { intent, resolve });
      if (this.#open) this.#write({ kind: "intent", id, intent });
    });
  }

  /** Sent when there is somebody to hear it, else forgotten: the next one comes in a second. */
  report(message: PositionMessage | Extract<PageMessage, { kind: "alive" }>): void {
    if (this.#open) this.#write(message);
  }

  #write(message: PageMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #receive(text: string): void {
    this.#heard();
    const message = JSON.parse(text) as ServiceMessage;
    if (message.kind === "view") {
      this.#tellLost(false);
      this.#options.onView(message.view);
    } else if (message.kind === "answer") {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      waiting?.resolve(readAnswer(message));
    }
  }

  #heard(): void {
    this.#attempt = 0;
    this.#expect();
  }

  #expect(): void {
    this.#stopSilence();
    const socket = this.#socket;
    const { setTimer } = this.#options;
    this.#stopSilence = setTimer(() => {
      this.#stopSilence = setTimer(() => {
        if (socket !== null) this.#end(socket);
      }, LISTEN_MS);
    }, SILENCE_MS);
  }

  #end(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.#open = false;
    this.#stopSilence();
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    this.#tellLost(true);
    const delayMs = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)] ?? 2000;
    this.#attempt += 1;
    this.#options.setTimer(() => this.start(), delayMs);
  }

  #tellLost(lost: boolean): void {
    if (lost === this.#lost) return;
    this.#lost = lost;
    this.#options.onLost(lost);
  }
}

function readAnswer({ ok, error }: Extract<ServiceMessage, { kind: "answer" }>): SendResult {
  if (ok) return { ok };
  return { ok, error: error ?? { code: "fault", text: "没有存上，请再按一次。" } };
}
