/**
 * One film: one <video> under the canvas and one hls.js, behind a few words. It plays, halts,
 * seeks, says where it is, and says once that it ended or that it cannot go on.
 */
import Hls, { type ErrorData } from "hls.js";
import { assert } from "../../../protocol/assert.ts";
import { HLS_SETTINGS } from "./hls-settings.ts";

export interface FilmEvents {
  /** About four times a second while it plays, and after every seek. */
  onTime(atMs: number): void;
  onEnded(atMs: number): void;
  /** Cannot go on; `url` names the file when one is to blame. */
  onFailed(code: string, url: string): void;
}

/** `ended` may not fire with a short back buffer: so near the end, standing still is the end. */
const END_SLACK_S = 0.5;
const RECOVERIES_MAX = 2;
const RECOVER_EVERY_MS = 5000;

/** Chromium has the standard's count since 80; before, and beside it, a count of its own. */
export function framesOf(video: HTMLVideoElement): number {
  const quality = video.getVideoPlaybackQuality?.();
  const { webkitDecodedFrameCount } = video as { webkitDecodedFrameCount?: number };
  return quality?.totalVideoFrames ?? webkitDecodedFrameCount ?? 0;
}

export class FilmPlayer {
  readonly #video: HTMLVideoElement;
  readonly #events: FilmEvents;
  readonly #hls: Hls | null;
  readonly #listeners: [string, () => void][] = [];
  #recoveries = 0;
  #recoveredAtMs = Number.NEGATIVE_INFINITY;
  #over = false;
  #closed = false;

  constructor(video: HTMLVideoElement, events: FilmEvents) {
    this.#video = video;
    this.#events = events;
    this.#hls = Hls.isSupported() ? new Hls(HLS_SETTINGS) : null;
    this.#listen("timeupdate", () => this.#tick());
    this.#listen("ended", () => this.#end());
    this.#listen("waiting", () => this.#endIfThere());
    this.#listen("pause", () => this.#endIfThere());
    this.#listen("error", () => this.#fail(`video-${video.error?.code ?? 0}`, video.currentSrc));
    this.#hls?.on(Hls.Events.ERROR, (_event, data) => this.#onHlsError(data));
  }

  #listen(name: string, act: () => void): void {
    this.#video.addEventListener(name, act);
    this.#listeners.push([name, act]);
  }

  open(url: string, atMs: number): void {
    this.#video.style.visibility = "visible";
    if (this.#hls === null) {
      this.#video.src = url;
      this.#video.currentTime = atMs / 1000;
      return;
    }
    this.#hls.config.startPosition = atMs / 1000;
    this.#hls.attachMedia(this.#video);
    this.#hls.loadSource(url);
  }

  play(): void {
    // Refused without a gesture: the picture stands, and OK (a gesture) plays it.
    this.#video.play().catch(() => {});
  }

  hold(): void {
    this.#video.pause();
  }

  seek(atMs: number): void {
    this.#over = false;
    this.#video.currentTime = Math.max(0, atMs / 1000);
  }

  get atMs(): number {
    return Math.round(this.#video.currentTime * 1000);
  }

  get playing(): boolean {
    return !this.#video.paused && !this.#video.ended;
  }

  /** Frames that were really made: proof that the picture advances. */
  get frames(): number {
    return framesOf(this.#video);
  }

  #tick(): void {
    this.#events.onTime(this.atMs);
    this.#endIfThere();
  }

  #endIfThere(): void {
    const { duration, currentTime, paused, readyState } = this.#video;
    const stands = paused || readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    if (duration > 0 && duration - currentTime < END_SLACK_S && stands && this.#wasPlaying()) {
      this.#end();
    }
  }

  /** Held by the broadcaster near the end is not the end: only what ran out by itself is. */
  #wasPlaying(): boolean {
    return this.#video.ended || !this.#video.paused;
  }

  #end(): void {
    if (this.#over || this.#closed) return;
    this.#over = true;
    this.#events.onEnded(this.atMs);
  }

  #onHlsError({ fatal, type, details, url, frag }: ErrorData): void {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR && this.#mayRecover()) {
      this.#hls?.recoverMediaError();
      return;
    }
    this.#fail(details, url ?? frag?.url ?? "");
  }

  #mayRecover(): boolean {
    const nowMs = performance.now();
    const may = this.#recoveries < RECOVERIES_MAX && nowMs - this.#recoveredAtMs > RECOVER_EVERY_MS;
    if (may) {
      this.#recoveries += 1;
      this.#recoveredAtMs = nowMs;
    }
    return may;
  }

  #fail(code: string, url: string): void {
    // Taking the source away makes the element report an error of its own.
    if (this.#closed || this.#over) return;
    this.#over = true;
    this.#events.onFailed(code, url);
  }

  close(): void {
    assert(!this.#closed, "a film is closed once");
    this.#closed = true;
    for (const [name, act] of this.#listeners) this.#video.removeEventListener(name, act);
    this.#hls?.destroy();
    this.#video.removeAttribute("src");
    this.#video.load();
    this.#video.style.visibility = "hidden";
  }
}
