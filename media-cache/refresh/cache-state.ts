/** What the cache remembers beyond what lies in its folders: the body of its state file. */

export interface CacheState {
  readonly v: 1;
  readonly pins: readonly string[];
  /** Lesson ids asked for from the TV page, oldest first. */
  readonly wanted: readonly string[];
  readonly uses: Readonly<Record<string, number>>;
  readonly useCounter: number;
  /** Name of the last blob that was scrubbed. */
  readonly scrubAfter: string;
  /** Bytes fetched in the period `key`. */
  readonly night: { readonly key: string; readonly bytes: number };
  /** All uptime that was ever counted: the only calendar of a box without a clock. */
  readonly uptimeMs: number;
  /** Uptime since a refresh last ran to its end, over restarts; null: never. */
  readonly uptimeSinceDoneMs: number | null;
  /** County date of the window, or of the day, in which a refresh last ran to its end. */
  readonly doneOn: string | null;
  /** `uptimeMs` when the catalogue was last asked for. */
  readonly askedAtUptimeMs: number;
  /** The last refresh that the county asked for and that ran to its end. */
  readonly askDone: number;
}

/** More than a broadcaster asks for before the county looks. */
export const WANTED_MAX = 20;

export const EMPTY_STATE: CacheState = {
  v: 1,
  pins: [],
  wanted: [],
  uses: {},
  useCounter: 0,
  scrubAfter: "",
  night: { key: "", bytes: 0 },
  uptimeMs: 0,
  uptimeSinceDoneMs: null,
  doneOn: null,
  askedAtUptimeMs: 0,
  askDone: 0,
};

export type StateReading =
  | { readonly kind: "good"; readonly state: CacheState }
  | { readonly kind: "newer" }
  | { readonly kind: "wrong" };

/** Keeps fields it does not know; a field of the wrong shape begins anew. */
export function readCacheState(body: unknown): StateReading {
  if (typeof body !== "object" || body === null) return { kind: "wrong" };
  const found = body as Partial<Record<keyof CacheState, unknown>>;
  if (typeof found.v === "number" && found.v > 1) return { kind: "newer" };
  const fitting = Object.entries(EMPTY_STATE).map(([name, empty]) => {
    const value = found[name as keyof CacheState];
    return [name, isLike(value, empty, name) ? value : empty];
  });
  return { kind: "good", state: { ...found, ...Object.fromEntries(fitting) } as CacheState };
}

function isLike(value: unknown, empty: unknown, name: string): boolean {
  if (name === "uptimeSinceDoneMs") return value === null || typeof value === "number";
  if (name === "doneOn") return value === null || typeof value === "string";
  if (Array.isArray(empty))
    return Array.isArray(value) && value.every((x) => typeof x === "string");
  if (name === "night") return isNight(value);
  return typeof value === typeof empty && value !== null;
}

function isNight(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { key, bytes } = value as { key?: unknown; bytes?: unknown };
  return typeof key === "string" && typeof bytes === "number";
}

/** A lesson was opened: it is the last one used. */
export function noteUse(state: CacheState, id: string): CacheState {
  const useCounter = state.useCounter + 1;
  return { ...state, useCounter, uses: { ...state.uses, [id]: useCounter } };
}

/** Asked for from the TV page; asking twice changes nothing. */
export function noteWanted(state: CacheState, id: string): CacheState {
  if (state.wanted.includes(id)) return state;
  return { ...state, wanted: [...state.wanted, id].slice(-WANTED_MAX) };
}

export function noteFetched(state: CacheState, key: string, bytes: number): CacheState {
  const before = state.night.key === key ? state.night.bytes : 0;
  return { ...state, night: { key, bytes: before + bytes } };
}

export function noteUptime(state: CacheState, ms: number): CacheState {
  const { uptimeMs, uptimeSinceDoneMs } = state;
  const sinceDone = uptimeSinceDoneMs === null ? null : uptimeSinceDoneMs + ms;
  return { ...state, uptimeMs: uptimeMs + ms, uptimeSinceDoneMs: sinceDone };
}

export interface RunNote {
  readonly key: string;
  readonly fetchedBytes: number;
  /** Given when it ran to its end. */
  readonly done?: {
    /** The date it counts for; null when the clock is not sure. */
    readonly on: string | null;
    /** What of the county's asking was answered by it. */
    readonly ask: number;
  };
}

export function noteRun(state: CacheState, { key, fetchedBytes, done }: RunNote): CacheState {
  const counted = noteFetched(state, key, fetchedBytes);
  if (done === undefined) return counted;
  return { ...counted, uptimeSinceDoneMs: 0, doneOn: done.on, askDone: done.ask };
}
