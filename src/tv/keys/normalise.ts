/**
 * From what the web view delivers to the keys of the program. Pure: time comes in with the event.
 *
 * - N1. OK, Back, menu, play and digits act on the first press, never while held.
 * - N2. The same key again within 150 ms is a remote's bounce, not a second press.
 * - N3. A held arrow steps at once, after 500 ms, then at most eight times a second.
 * - N4. After the screen changed, what is still held does nothing until 200 ms pass without it, or
 *   another key is pressed. That it was let go is not believed: cheap boxes send a key that is held
 *   as pairs of down and up.
 * - N5. A repeat without a first press (the page was loaded meanwhile, or the press was lost) does
 *   nothing, and what is let go in whatever order changes nothing.
 * - N6. A key that no table knows is told once a press; it acts when it was learned. What the
 *   tables know cannot be learned anew: nobody shall lose 确定 or 返回.
 */
import type { LearnedKey } from "../../../protocol/generated/types.ts";
import type { RemoteKey } from "../screen.ts";
import { BY_CODE, BY_KEY, BY_KEY_CODE } from "./key-tables.ts";

export interface RawKey {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly repeat: boolean;
  readonly atMs: number;
}

const BOUNCE_MS = 150;
const REPEAT_AFTER_MS = 500;
const REPEAT_EVERY_MS = 125;
const QUIET_MS = 200;
/** As many as the screen has lines for. */
const UNKNOWN_MAX = 3;

/** Null: no key that we know. */
export function nameKey({ key, code, keyCode }: RawKey): RemoteKey | null {
  if (/^[0-9]$/.test(key)) return `digit-${Number(key)}`;
  const numpad = keyCode >= 96 && keyCode <= 105 ? keyCode - 96 : keyCode - 48;
  const named = BY_KEY[key] ?? BY_CODE[code] ?? BY_KEY_CODE[keyCode];
  if (named !== undefined) return named;
  return numpad >= 0 && numpad <= 9 ? `digit-${numpad}` : null;
}

/** Such an event says nothing: every key that the system does not know looks like it. */
const NAMELESS: ReadonlySet<string> = new Set(["", "\0", "Unidentified"]);
/** A keyCode of an input method, not of a key (UI Events, §7.3.1). */
const IME_CODE = 229;

/** What a key is called that shall be learned; null: it cannot be told from others. */
export function rawName({ key, code, keyCode }: RawKey): string | null {
  const isNameless = NAMELESS.has(key) && code === "" && (keyCode === 0 || keyCode === IME_CODE);
  return isNameless ? null : `${key}|${code}|${keyCode}`.slice(0, RAW_NAME_MAX);
}

/** As the protocol has it. */
const RAW_NAME_MAX = 80;

const ARROWS: ReadonlySet<RemoteKey> = new Set(["up", "down", "left", "right"]);

export class KeyNormaliser {
  #held: RemoteKey | null = null;
  #pressedAtMs = Number.NEGATIVE_INFINITY;
  #lastEventAtMs = Number.NEGATIVE_INFINITY;
  #lastStepAtMs = Number.NEGATIVE_INFINITY;
  #muted = false;
  #unknown: readonly string[] = [];
  #learned: ReadonlyMap<string, RemoteKey> = new Map();
  readonly #onUnknown: (raw: string) => void;

  /** @param onUnknown told the name of a key that could be learned */
  constructor(onUnknown: (raw: string) => void = () => {}) {
    this.#onUnknown = onUnknown;
  }

  learn(keys: readonly LearnedKey[]): void {
    this.#learned = new Map(keys.map(({ raw, key }) => [raw, key]));
  }

  /** The key to act on, or null: a bounce, a repeat that does not count, a key we do not know. */
  press(raw: RawKey): RemoteKey | null {
    const key = nameKey(raw) ?? this.#learned.get(rawName(raw) ?? "") ?? null;
    if (key === null) return this.#noteUnknown(raw);
    const sinceLastMs = raw.atMs - this.#lastEventAtMs;
    const isRepeat = key === this.#held && (raw.repeat || sinceLastMs < BOUNCE_MS);
    this.#lastEventAtMs = raw.atMs;
    if (isRepeat) return this.#repeat(key, raw.atMs, sinceLastMs);
    this.#held = key;
    this.#muted = raw.repeat;
    this.#pressedAtMs = raw.atMs;
    this.#lastStepAtMs = raw.atMs;
    return raw.repeat ? null : key;
  }

  #noteUnknown(raw: RawKey): null {
    const { key, code, keyCode, repeat } = raw;
    if (repeat) return null;
    const name = rawName(raw);
    if (name !== null) this.#onUnknown(name);
    const words = `${key || "?"} ${code || "?"} ${keyCode}`;
    this.#unknown = [...this.#unknown.filter((other) => other !== words), words].slice(
      -UNKNOWN_MAX,
    );
    return null;
  }

  /** What came and is no key of ours, newest last: for the settings screen. */
  get unknown(): readonly string[] {
    return this.#unknown;
  }

  #repeat(key: RemoteKey, atMs: number, sinceLastMs: number): RemoteKey | null {
    if (this.#muted && sinceLastMs < QUIET_MS) return null;
    this.#muted = false;
    const mayRepeat = ARROWS.has(key) && atMs - this.#pressedAtMs >= REPEAT_AFTER_MS;
    if (!mayRepeat || atMs - this.#lastStepAtMs < REPEAT_EVERY_MS) return null;
    this.#lastStepAtMs = atMs;
    return key;
  }

  /** How long the key that acts now has been held; 0 for a first press. */
  heldMs(atMs: number): number {
    return atMs - this.#pressedAtMs;
  }

  screenChanged(): void {
    this.#muted = true;
  }
}
