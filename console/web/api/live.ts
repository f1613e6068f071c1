/** The server tells that something changed; the page asks again for what it shows. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LiveEvent } from "../../../protocol/console-api.ts";
import { noteConnection } from "./connection.ts";
import { type Key, keysOf } from "./event-keys.ts";

/** A county with a thousand rooms changes all the time; twice a second is live enough. */
const GATHER_MS = 500;
/** The browser tries again by itself but for refusals; then it is up to us. */
const OPEN_AGAIN_MS = 3000;

/** Gathers events for a moment, then has each question that they concern asked once. */
function createGatherer(client: QueryClient): { take(event: LiveEvent): void; stop(): void } {
  const waiting = new Map<string, Key>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    timer = null;
    for (const queryKey of waiting.values()) {
      // A question under way is not put anew: under a stream of events it would never be answered.
      void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
    }
    waiting.clear();
  };
  return {
    take(event) {
      for (const key of keysOf(event)) waiting.set(key.join(" "), key);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    stop: () => clearTimeout(timer ?? undefined),
  };
}

function toLiveEvent(text: string): LiveEvent | null {
  try {
    const event = JSON.parse(text) as Partial<LiveEvent>;
    return typeof event.box === "string" && event.kind !== undefined ? (event as LiveEvent) : null;
  } catch {
    return null;
  }
}

/** Listens until the returned function is called. */
export function listenForEvents(client: QueryClient): () => void {
  const gatherer = createGatherer(client);
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | null = null;
  const open = () => {
    source = new EventSource("api/events");
    source.onopen = () => {
      noteConnection({ live: true });
      // What happened while nobody listened was not told.
      void client.invalidateQueries();
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = toLiveEvent(data);
      if (event !== null) gatherer.take(event);
    };
    source.onerror = () => {
      noteConnection({ live: false });
      // Not `void` of a lost event: asking tells at once whether the server is there at all.
      void client.invalidateQueries({ queryKey: ["me"] });
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, OPEN_AGAIN_MS);
    };
  };
  open();
  return () => {
    clearTimeout(again ?? undefined);
    gatherer.stop();
    source?.close();
    noteConnection({ live: false });
  };
}

export function useLiveEvents(): void {
  const client = useQueryClient();
  useEffect(() => listenForEvents(client), [client]);
}
