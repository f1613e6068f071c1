/** Composition root of the page: makes the canvas, the link and the keys, and joins them. */

import { TextTokenizer } from "@lightningjs/core";
import { Lightning } from "@lightningjs/sdk";
import { TvApp } from "./app.ts";
import { loadFonts } from "./font/load-fonts.ts";
import { showHook } from "./hook.ts";
import { KeyNormaliser } from "./keys/normalise.ts";
import { newIntentId } from "./link/intent-id.ts";
import { ServiceLink, type Socket } from "./link/service-link.ts";
import { chime } from "./parts/chime.ts";
import { StagePainter } from "./scene/stage-painter.ts";
import { makeScreen } from "./screens/registry.ts";
import { tokenizeText } from "./text/text-tokenizer.ts";
import { SCREEN } from "./theme.ts";

const ALIVE_MS = 10_000;

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

async function fetchText(path: string): Promise<string | null> {
  try {
    const response = await fetch(path);
    return response.ok ? await response.text() : null;
  } catch {
    // The service is away: the link tells it to the broadcaster, the screen shows what it has.
    return null;
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

class Page extends Lightning.Application {}

function openStage(canvas: HTMLCanvasElement): Lightning.Application {
  return new Page({
    stage: {
      canvas,
      w: window.innerWidth,
      h: window.innerHeight,
      precision: window.innerHeight / SCREEN.height,
      clearColor: 0x00000000,
      // An idle page draws nothing; pixels, not bytes: about 32 MB.
      pauseRafLoopOnIdle: true,
      memoryPressure: 8e6,
      useImageWorker: false,
    },
  } as never);
}

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

function start(): void {
  const canvas = element("canvas", HTMLCanvasElement);
  canvas.addEventListener("webglcontextlost", () => {
    say("画面出了点问题,正在恢复……");
    // The service knows where we were.
    setTimeout(() => location.reload(), 1000);
  });
  TextTokenizer.setCustomTokenizer(tokenizeText, true);
  const stage = openStage(canvas);
  const painter = new StagePainter(stage);
  const keys = new KeyNormaliser((raw) => app.onUnknownKey(raw));
  const link = new ServiceLink({
    connect: () => new WebSocket(`ws://${location.host}/link`) as unknown as Socket,
    newId: newIntentId,
    onView: (view) => {
      keys.learn(view.site.learnedKeys ?? []);
      app.show(view);
    },
    onLost: (lost) => app.setLost(lost),
    setTimer: (act, ms) => after(ms, act),
  });
  const app: TvApp = new TvApp({
    video: element("film", HTMLVideoElement),
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
  });
  listenToKeys(app, keys);
  every(ALIVE_MS, () => {
    const ms = Math.round(performance.now());
    link.report({ kind: "alive", nonce: newIntentId(), frames: stage.stage.frameCounter, ms });
  });
  showHook(app);
  link.start();
}

void loadFonts().then(start);
