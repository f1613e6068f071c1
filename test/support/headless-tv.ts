/**
 * The TV without a browser: the page's own app, screens and keys over a real room, joined in one
 * process and in a time of their own. Thousands of presses take seconds.
 */
import type { View } from "../../protocol/generated/types.ts";
import { answerApi } from "../../src/link/api.ts";
import { TvApp } from "../../src/tv/app.ts";
import { KeyNormaliser } from "../../src/tv/keys/normalise.ts";
import type { Scene, TextNode } from "../../src/tv/scene/node.ts";
import type { RemoteKey, SendResult } from "../../src/tv/screen.ts";
import { makeScreen } from "../../src/tv/screens/registry.ts";
import { SENTENCES, SPOKEN_LIST } from "../../src/tv/voice/sentences.ts";
import type { FakeRoom } from "./fake-room.ts";
import { FakeVideo } from "./fake-video.ts";
import { holdsPlace, ringsOf } from "./standard.ts";

interface Timer {
  readonly dueMs: number;
  readonly everyMs: number | null;
  readonly act: () => void;
}

/** What a remote sends for the six keys. */
const RAW_KEY: Partial<Record<RemoteKey, string>> = {
  ok: "Enter",
  back: "GoBack",
  up: "ArrowUp",
  down: "ArrowDown",
  left: "ArrowLeft",
  right: "ArrowRight",
};

/** A held key: repeats of one press, or pairs of down and up, as cheap boxes send it. */
export const HELD = {
  repeats: { everyMs: 100, repeat: true },
  pairs: { everyMs: 108, repeat: false },
} as const;

/** Between two presses of a person in a hurry. */
const PRESS_MS = 200;
/** A service on the same machine answers within a few turns of the event loop. */
const SETTLE_TURNS = 6;

export class HeadlessTv {
  readonly app: TvApp;
  readonly video: FakeVideo;
  readonly fake: FakeRoom;
  readonly refusals: string[] = [];
  readonly keysPressed = new Set<RemoteKey>();
  presses = 0;
  chimes = 0;
  /** What was said aloud, by its path, and when it was cut short. */
  readonly said: string[] = [];
  readonly #keys = new KeyNormaliser((raw) => this.app.onUnknownKey(raw));
  #nowMs = 0;
  #timers: Timer[] = [];
  #frame: (() => void) | null = null;
  #intents = 0;
  #open = 0;
  #scene: Scene = [];

  constructor(fake: FakeRoom, { filmS = 120 }: { filmS?: number } = {}) {
    this.fake = fake;
    this.video = new FakeVideo(filmS);
    this.app = new TvApp({
      video: this.video as unknown as HTMLVideoElement,
      paint: (scene) => {
        this.#scene = scene;
      },
      makeScreen,
      send: (intent) => this.#track(this.#send(intent)),
      report: (message) => fake.room.position(message),
      voice: {
        say: (url) => this.said.push(url),
        stop: () => this.said.push("stop"),
      },
      fetchText: () => Promise.resolve(null),
      fetchJson: <T>(path: string) => this.#track(this.#fetch<T>(path)),
      nextFrame: (act) => {
        this.#frame = act;
      },
      every: (ms, act) => this.#timer(ms, ms, act),
      after: (ms, act) => this.#timer(ms, null, act),
      nowMs: () => this.#nowMs,
      screenChanged: () => this.#keys.screenChanged(),
      chime: () => {
        this.chimes += 1;
      },
      unknownKeys: () => this.#keys.unknown,
    });
    fake.room.onView((view) => this.app.show(view));
    this.app.show(fake.room.view());
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#open += 1;
    try {
      return await work;
    } finally {
      this.#open -= 1;
    }
  }

  async #send(intent: Parameters<FakeRoom["do"]>[0]): Promise<SendResult> {
    this.#intents += 1;
    const answer = await this.fake.do(intent, `headless-${this.#intents}-x`);
    if (!answer.ok) this.refusals.push(`${intent.kind}: ${answer.error.code}`);
    return answer;
  }

  async #fetch<T>(path: string): Promise<T | null> {
    if (path === SPOKEN_LIST) return Object.keys(SENTENCES) as T;
    const url = new URL(path, "http://127.0.0.1");
    const below = decodeURIComponent(url.pathname.replace(/^\/api\//, ""));
    const { status, body } = await answerApi(this.fake.room, below, url.searchParams);
    return status === 200 ? (JSON.parse(JSON.stringify(body)) as T) : null;
  }

  #timer(ms: number, everyMs: number | null, act: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, everyMs, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(({ act: other }) => other !== act);
    };
  }

  /** Until nothing is asked of the service any more, and the last picture is drawn. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < SETTLE_TURNS; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#open > 0) quiet = 0;
    }
    const frame = this.#frame;
    this.#frame = null;
    frame?.();
  }

  /** Time goes by: clocks, timers, and a film that plays. */
  async wait(ms: number): Promise<void> {
    this.#advance(ms);
    await this.settle();
  }

  #advance(ms: number): void {
    this.#nowMs += ms;
    this.fake.machine.clock.advance(ms);
    this.video.run(ms);
    const due = this.#timers.filter(({ dueMs }) => dueMs <= this.#nowMs);
    this.#timers = this.#timers.flatMap((timer) => {
      if (timer.dueMs > this.#nowMs) return [timer];
      return timer.everyMs === null ? [] : [{ ...timer, dueMs: this.#nowMs + timer.everyMs }];
    });
    for (const { act } of due) act();
  }

  async press(...keys: RemoteKey[]): Promise<void> {
    for (const key of keys) {
      this.presses += 1;
      this.keysPressed.add(key);
      this.app.onKey(key);
      await this.settle();
      await this.wait(PRESS_MS);
    }
  }

  /** A key that no table knows, by its name. */
  async pressStrange(name: string): Promise<void> {
    this.presses += 1;
    this.app.onUnknownKey(name);
    await this.settle();
    await this.wait(PRESS_MS);
  }

  /** Through the page's own key rules; how often the page acted on it. */
  async hold(key: RemoteKey, ms: number, how: keyof typeof HELD): Promise<number> {
    const { everyMs, repeat } = HELD[how];
    let acts = 0;
    for (let heldMs = 0; heldMs <= ms; heldMs += everyMs) {
      const isActed = this.sendRaw(RAW_KEY[key] ?? key, repeat && heldMs > 0);
      if (isActed) await this.settle();
      acts += Number(isActed);
      this.#advance(everyMs);
    }
    await this.settle();
    return acts;
  }

  /** An event as a web view delivers it; whether the page acted on it. */
  sendRaw(key: string, repeat = false): boolean {
    const atMs = this.#nowMs;
    const named = this.#keys.press({ key, code: "", keyCode: 0, repeat, atMs });
    if (named !== null) this.app.onKey(named, this.#keys.heldMs(atMs));
    return named !== null;
  }

  async pressUntil(key: RemoteKey, times: number, fits: (tv: HeadlessTv) => boolean) {
    for (let count = 0; count < times && !fits(this); count += 1) await this.press(key);
    if (!fits(this))
      throw new Error(`not after ${times} × ${key}; the screen says:\n${this.words}`);
  }

  get view(): View {
    return this.fake.room.view();
  }

  get place(): string {
    return this.app.place;
  }

  get scene(): Scene {
    return this.#scene;
  }

  get texts(): readonly TextNode[] {
    return this.#scene.filter((node): node is TextNode => node.kind === "text");
  }

  /** The film alone: nothing to choose, and no bar of keys. */
  get isBareFilm(): boolean {
    return this.place === "film" && !this.words.includes("【");
  }

  /** What stands inside the ring; empty: no ring. */
  get focused(): string {
    const ring = ringsOf(this.#scene)[0];
    const inside = this.texts.filter((node) => ring !== undefined && holdsPlace(ring, node));
    return inside.map(({ text }) => text).join("\n");
  }

  get words(): string {
    return this.texts.map(({ text }) => text).join("\n");
  }
}
