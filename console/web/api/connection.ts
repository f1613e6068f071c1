/** Whether the server answers, and how old what the page shows is. */
import { useSyncExternalStore } from "react";

export interface Connection {
  /** False from the first question without an answer until the next one with. */
  readonly reachable: boolean;
  /** True while the server tells changes by itself. */
  readonly live: boolean;
  /** When the last answer came, by this computer's clock. */
  readonly answeredAtMs: number | null;
}

let current: Connection = { reachable: true, live: false, answeredAtMs: null };
const listeners = new Set<() => void>();

export function noteConnection(change: Partial<Connection>): void {
  current = { ...current, ...change };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => current);
}
