/**
 * What a screen is: it draws a scene and answers keys. It holds no truth: what must not be lost is
 * sent as an intent, and comes back in the next view. docs/tv.md tells how to add one.
 */
import type { AnswerError, Intent, View } from "../../protocol/generated/types.ts";
import type { Scene } from "./scene/node.ts";
import type { TextSizes } from "./theme.ts";
import type { Speech } from "./voice/speaker.ts";

/** The keys of the program. Six suffice for everything; the others are a convenience. */
export type RemoteKey =
  | "ok"
  | "back"
  | "up"
  | "down"
  | "left"
  | "right"
  | "menu"
  | "play"
  | "page-up"
  | "page-down"
  | `digit-${number}`;

export interface KeyHint {
  /** `确定`, `◀▶` … */
  readonly key: string;
  readonly text: string;
}

/** Where the page stands outside a session. Its own affair, and may be lost. */
export type Place =
  | { readonly kind: "home" }
  /** `type`: what kind of session the lesson is chosen for; 党员电教日 when missing. */
  | { readonly kind: "library"; readonly type?: string }
  | { readonly kind: "lesson"; readonly id: string; readonly type?: string }
  /** 其他活动; with a type, that one is asked about at once. */
  | { readonly kind: "types"; readonly type?: string }
  | { readonly kind: "history" }
  /** `2026-03`, or `none`. */
  | { readonly kind: "history-month"; readonly id: string }
  | { readonly kind: "member"; readonly id: string }
  | { readonly kind: "inspect" }
  /** Of the county: all that still hold, and the pages of one. */
  | { readonly kind: "notices" }
  | { readonly kind: "notice"; readonly id: string }
  | { readonly kind: "makeup" }
  | { readonly kind: "settings" }
  | { readonly kind: "storage" }
  | { readonly kind: "machine" }
  /** The first set-up, and again from the settings. */
  | { readonly kind: "setup" }
  | { readonly kind: "history-session"; readonly id: string }
  /** Inside a session, over the stage: signing in those who came late. */
  | { readonly kind: "late" }
  /** Likewise: 来宾, the tasks of earlier sessions, 与纸质签到册核对. */
  | { readonly kind: "guests" }
  | { readonly kind: "tasks" }
  | { readonly kind: "paper" };

export type SendResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: AnswerError };

export interface ScreenContext {
  readonly sizes: TextSizes;
  view(): View;
  /** Resolves with the service's answer, however long it takes; survives a reconnect. */
  send(intent: Intent): Promise<SendResult>;
  /** GET from the service; null when it could not be had. */
  fetchJson<T>(path: string): Promise<T | null>;
  go(place: Place): void;
  back(): void;
  /** Asks for a new drawing. Cheap: many in one frame are one. */
  redraw(): void;
  /** A sentence for a few seconds, over whatever is shown. */
  toast(text: string): void;
  /** Calls every `ms` until the returned function is called. */
  every(ms: number, act: () => void): () => void;
  /** Milliseconds that only grow. */
  nowMs(): number;
  /** A soft sound, by which a room hears that the sound is on. */
  chime(): void;
  /** What came from the remote and is no key that we know, newest last. */
  unknownKeys(): readonly string[];
}

export interface Screen {
  /** For tests and diagnostics. */
  readonly name: string;
  draw(): Scene;
  hints(): readonly KeyHint[];
  /**
   * False: the key was not for this screen; Back then goes up.
   *
   * @param heldMs how long it has been held; 0 for a press
   */
  onKey(key: RemoteKey, heldMs?: number): boolean;
  /** A key that no table knows, by the name under which `settings` can learn it. */
  onUnknownKey?(raw: string): void;
  /** A list with pages: ▲▼ held for two seconds turns them. */
  readonly paged?: boolean;
  /** What is said aloud now; asked after each drawing. Null or missing: nothing. */
  speech?(): Speech | null;
  /** A new view came, of the same stage. */
  onView?(view: View): void;
  /** The ground is not painted: the film shows through. */
  readonly overFilm?: boolean;
  /** The pause menu lies over it: a film stands meanwhile. */
  suspend?(): void;
  resume?(): void;
  close?(): void;
}

export type MakeScreen = (context: ScreenContext) => Screen;
