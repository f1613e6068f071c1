/** One page's link to a real box service: says intents, hears views and answers. */
import { WebSocket } from "ws";
import type { Intent, View } from "../../protocol/generated/types.ts";

interface Answer {
  readonly ok: boolean;
  readonly error?: { readonly code: string };
}

type ServiceMessage =
  | { readonly kind: "view"; readonly view: View }
  | ({ readonly kind: "answer"; readonly id: string } & Answer)
  | { readonly kind: "beat" };

const WAIT_MS = 20_000;

export class PageLink {
  readonly #socket: WebSocket;
  readonly #page: URL;
  readonly #cookie: string;
  /** Who waits for which answer; null: the link broke first. */
  readonly #asked = new Map<string, (answer: Answer | null) => void>();
  readonly #looks = new Set<() => void>();
  #view: View | null = null;
  #ids = 0;

  private constructor(page: URL, cookie: string) {
    this.#page = page;
    this.#cookie = cookie;
    const headers = { cookie, origin: page.origin };
    this.#socket = new WebSocket(`ws://${page.host}/link`, { headers });
    this.#socket.on("message", (text: Buffer) => this.#hear(JSON.parse(text.toString())));
    // Of a service that is killed; the close that follows tells everybody.
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => this.#breakOff());
  }

  /** Resolves when the first view is here. */
  static async open(address: string): Promise<PageLink> {
    const answer = await fetch(address);
    await answer.arrayBuffer();
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    const link = new PageLink(new URL(address), cookie);
    await link.until(() => true);
    return link;
  }

  #hear(message: ServiceMessage): void {
    if (message.kind === "answer") this.#settle(message.id, message);
    if (message.kind !== "view") return;
    this.#view = message.view;
    for (const look of this.#looks) look();
  }

  #settle(id: string, answer: Answer | null): void {
    this.#asked.get(id)?.(answer);
    this.#asked.delete(id);
  }

  #breakOff(): void {
    for (const id of [...this.#asked.keys()]) this.#settle(id, null);
    for (const look of this.#looks) look();
  }

  get broken(): boolean {
    return this.#socket.readyState !== WebSocket.OPEN;
  }

  /** @throws when the link breaks, or no such view comes in time */
  until(fits: (view: View) => boolean): Promise<View> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.#looks.delete(look);
        settle();
      };
      const last = () => JSON.stringify(this.#view);
      const fail = (why: string) => end(() => reject(new Error(`${why}; last view: ${last()}`)));
      const timer = setTimeout(() => fail("no such view"), WAIT_MS);
      const look = (): void => {
        const view = this.#view;
        if (view !== null && fits(view)) end(() => resolve(view));
        else if (this.#socket.readyState === WebSocket.CLOSED) fail("the link broke");
      };
      this.#looks.add(look);
      look();
    });
  }

  say(intent: Intent): void {
    this.#ids += 1;
    void this.ask(`page-link-${this.#ids}-x`, intent);
  }

  /** The service's answer; null when the link broke before it. */
  ask(id: string, intent: Intent): Promise<Answer | null> {
    if (this.broken) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#socket.send(JSON.stringify({ kind: "intent", id, intent }));
    });
  }

  async memberIds(): Promise<string[]> {
    const { origin } = this.#page;
    const answer = await fetch(`${origin}/api/members`, { headers: { cookie: this.#cookie } });
    const { members } = (await answer.json()) as { members: { id: string }[] };
    return members.map(({ id }) => id);
  }

  close(): void {
    this.#socket.terminate();
  }
}
