/** Composition root of the page: makes the canvas, the link and the keys, and joins them. */

import type { Lightning } from "@lightningjs/sdk";
import type { View } from "../../protocol/generated/types.ts";
import { TvApp } from "./app.ts";
import { loadFonts } from "./font/load-fonts.ts";
import { showHook } from "./hook.ts";
import { KeyNormaliser } from "./keys/normalise.ts";
import { newIntentId } from "./link/intent-id.ts";
import { ServiceLink, type Socket } from "./link/service-link.ts";
import { chime } from "./parts/chime.ts";
import { keepPlaces, keptPlaces } from "./place-memory.ts";
import { type Memory, Recovery } from "./recovery.ts";
import { openStage } from "./scene/open-stage.ts";
import { StagePainter } from "./scene/stage-painter.ts";
import { makeScreen } from "./screens/registry.ts";
import { AudioVoice } from "./voice/audio-voice.ts";

const ALIVE_MS = 10_000;
/** A first picture costs a weak box a second: 正在启动 is not drawn for less. */
const FIRST_VIEW_MS = 1000;

function element<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no #${id}`);
}

/** Words in the page itself, for when the canvas cannot show any. */
function say(words: string): void {
  const place = element("words", HTMLElement);
  place.textContent = words;
  place.style.display = "block";
}

const AGAIN_MS = 1000;

/** Null: the service has no such thing. While it is away, that is not known: asked again. */
async function fetchText(path: string): Promise<string | null> {
  for (;;) {
    try {
      const response = await fetch(path);
      return response.ok ? await response.text() : null;
    } catch {
      await new Promise<void>((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

async function fetchJson<T>(path: string): Promise<T | null> {
  const text = await fetchText(path);
  return text === null ? null : (JSON.parse(text) as T);
}

function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

/** Of the window; a web view that refuses it forgets at a reload, and that is all. */
const memory: Memory = {
  read: (name) => {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  },
  write: (name, text) => {
    try {
      sessionStorage.setItem(name, text);
    } catch {
      // Full or forbidden: see above.
    }
  },
};

function listenToKeys(app: TvApp, keys: KeyNormaliser): void {
  window.addEventListener("keydown", (event) => {
    const { key, code, keyCode, repeat } = event;
    const atMs = performance.now();
    const named = keys.press({ key, code, keyCode, repeat, atMs });
    // Back and the arrows would leave or scroll the page.
    if (!/^F\d+$/.test(key)) event.preventDefault();
    if (named !== null) app.onKey(named, keys.heldMs(atMs));
  });
}

function watchForTrouble(canvas: HTMLCanvasElement): void {
  const recovery = new Recovery({ say, reload: () => location.reload(), after, memory });
  canvas.addEventListener("webglcontextlost", () => recovery.begin());
  // A screen that throws would stand there for ever, dead to every key.
  window.addEventListener("error", ({ error }) => {
    if (error instanceof Error) recovery.begin();
  });
}

interface Service {
  readonly link: ServiceLink;
  /** Resolves when there is something to show, or nothing came for a while. */
  hasSpoken(): Promise<void>;
  /** What was said until then is told at once. */
  tell(face: Pick<TvApp, "show" | "setLost">): void;
}

/** Called while letters and graphics are made ready: the first picture is the right one. */
function callService(): Service {
  let face: Pick<TvApp, "show" | "setLost"> | null = null;
  let view: View | null = null;
  let isLost = false;
  let wake: () => void = () => {};
  const link = new ServiceLink({
    connect: () => new WebSocket(`ws://${location.host}/link`) as unknown as Socket,
    newId: newIntentId,
    onView: (next) => {
      view = next;
      wake();
      face?.show(next);
    },
    onLost: (lost) => {
      isLost = lost;
      face?.setLost(lost);
    },
    setTimer: (act, ms) => after(ms, act),
  });
  link.start();
  return {
    link,
    hasSpoken: () =>
      new Promise((resolve) => {
        wake = resolve;
        after(view === null ? FIRST_VIEW_MS : 0, resolve);
      }),
    tell(listener) {
      face = listener;
      if (view !== null) listener.show(view);
      if (isLost) listener.setLost(true);
    },
  };
}

function reportAlive(link: ServiceLink, { stage }: Lightning.Application): void {
  every(ALIVE_MS, () => {
    const ms = Math.round(performance.now());
    link.report({ kind: "alive", nonce: newIntentId(), frames: stage.frameCounter, ms });
  });
}

/** @param hasFonts false: texts are drawn with the system's letters, and somebody should know */
async function start({ link, hasSpoken, tell }: Service, hasFonts: boolean): Promise<void> {
  const canvas = element("canvas", HTMLCanvasElement);
  watchForTrouble(canvas);
  const stage = openStage(canvas);
  await hasSpoken();
  const painter = new StagePainter(stage);
  const keys = new KeyNormaliser((raw) => app.onUnknownKey(raw));
  const film = element("film", HTMLVideoElement);
  const app: TvApp = new TvApp({
    video: film,
    voice: new AudioVoice(element("voice", HTMLAudioElement), film),
    paint: (scene) => painter.paint(scene),
    makeScreen,
    send: (intent) => link.send(intent),
    report: (message) => link.report(message),
    fetchText,
    fetchJson,
    nextFrame: (act) => void requestAnimationFrame(act),
    every,
    after,
    nowMs: () => performance.now(),
    screenChanged: () => keys.screenChanged(),
    chime,
    unknownKeys: () => keys.unknown,
    places: keptPlaces(memory),
    keepPlaces: (places) => keepPlaces(memory, places),
  });
  if (!hasFonts) app.say("字库没有读到，先用系统的字。请报告县里。");
  listenToKeys(app, keys);
  reportAlive(link, stage);
  showHook(app);
  tell({
    show: (view) => {
      keys.learn(view.site.learnedKeys ?? []);
      app.show(view);
    },
    setLost: (lost) => app.setLost(lost),
  });
}

const service = callService();
void loadFonts().then((hasFonts) => start(service, hasFonts));
