/** Tells the console's pages that something changed: what is said often is said once a beat. */
import type { LiveEvent } from "../../protocol/console-api.ts";

/** Quick enough to be called live, slow enough for a page that asks again each time. */
const BEAT_MS = 300;

export type LiveListener = (event: LiveEvent) => void;

export class LiveEvents {
  readonly #listeners = new Set<LiveListener>();
  readonly #waiting = new Map<string, LiveEvent>();
  #timer: NodeJS.Timeout | null = null;

  tell(event: LiveEvent): void {
    this.#waiting.set(`${event.kind} ${event.box} ${event.session ?? ""}`, event);
    this.#timer ??= setTimeout(() => this.#beat(), BEAT_MS).unref();
  }

  boxChanged(box: string): void {
    this.tell({ kind: "box", box, session: null });
  }

  sessionChanged(box: string, session: string): void {
    this.tell({ kind: "session", box, session });
  }

  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #beat(): void {
    this.#timer = null;
    const events = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }
}
