/** A `<video>` without a picture: it plays in the time that a test gives it. */
import type { FilmPlayer } from "../../src/tv/player/film-player.ts";

const HAVE_ENOUGH_DATA = 4;
const FRAMES_A_SECOND = 25;
const TICK_MS = 250;

// What the player asks the browser for by name.
Object.assign(globalThis, { HTMLMediaElement: { HAVE_FUTURE_DATA: 3 } });

/** Only what {@link FilmPlayer} touches. */
export class FakeVideo extends EventTarget {
  readonly style = { visibility: "hidden" };
  readonly readyState = HAVE_ENOUGH_DATA;
  readonly error = null;
  src = "";
  currentSrc = "";
  duration: number;
  paused = true;
  #at = 0;
  #frames = 0;

  constructor(durationS: number) {
    super();
    this.duration = durationS;
  }

  get currentTime(): number {
    return this.#at;
  }

  set currentTime(s: number) {
    this.#at = Math.min(Math.max(0, s), this.duration);
    this.dispatchEvent(new Event("timeupdate"));
  }

  get ended(): boolean {
    return this.#at >= this.duration;
  }

  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }

  load(): void {
    this.paused = true;
    this.#at = 0;
  }

  removeAttribute(): void {
    this.src = "";
  }

  getVideoPlaybackQuality(): { totalVideoFrames: number } {
    return { totalVideoFrames: this.#frames };
  }

  /** The film runs for so long, telling the time as a browser does. */
  run(ms: number): void {
    for (let left = ms; left > 0 && !this.paused && !this.ended; left -= TICK_MS) {
      const step = Math.min(left, TICK_MS) / 1000;
      this.#at = Math.min(this.duration, this.#at + step);
      this.#frames += Math.round(step * FRAMES_A_SECOND);
      this.dispatchEvent(new Event("timeupdate"));
      if (this.ended) this.dispatchEvent(new Event("ended"));
    }
  }
}
