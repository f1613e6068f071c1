/**
 * The voice of the page: one audio element. While it speaks the film's own sound goes down and
 * comes back after; the volume of the TV and of the system is never touched.
 */
import type { Voice } from "./speaker.ts";

/** Low enough to understand a voice over it, and still heard as going on. */
const DUCKED = 0.25;

export class AudioVoice implements Voice {
  readonly #audio: HTMLAudioElement;
  readonly #film: Pick<HTMLMediaElement, "volume">;

  constructor(audio: HTMLAudioElement, film: Pick<HTMLMediaElement, "volume">) {
    this.#audio = audio;
    this.#film = film;
    for (const over of ["ended", "error", "pause"]) {
      audio.addEventListener(over, () => this.#raise());
    }
  }

  say(url: string): void {
    this.#film.volume = DUCKED;
    this.#audio.src = url;
    // Refused without a gesture, or a file that cannot be read: silence, and the film as it was.
    this.#audio.play().catch(() => this.#raise());
  }

  stop(): void {
    this.#audio.pause();
    this.#raise();
  }

  #raise(): void {
    this.#film.volume = 1;
  }
}
