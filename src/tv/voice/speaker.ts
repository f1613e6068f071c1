/**
 * Decides what is said aloud, and when. Pure but for the voice that it is given.
 *
 * - V1. One voice at a time: what comes next ends what is being said.
 * - V2. The same thing is said once for as long as it stands; a redrawn screen says nothing anew.
 * - V3. What leaves the screen is not said to its end.
 * - V4. Switched off it says nothing, and what is being said stops.
 * - V5. A sentence that this build does not have is silence.
 */
import { type SentenceId, sentencePath } from "./sentences.ts";

export type Speech =
  | { readonly kind: "sentence"; readonly id: SentenceId }
  /** A narration of the lesson. */
  | { readonly kind: "file"; readonly url: string };

export function sentence(id: SentenceId): Speech {
  return { kind: "sentence", id };
}

/** What can sound; `audio-voice.ts` is the real one. */
export interface Voice {
  say(url: string): void;
  stop(): void;
}

export class Speaker {
  readonly #voice: Voice;
  #known: ReadonlySet<string> = new Set();
  #said: string | null = null;

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  /** The sentences that there are; until then none is said. */
  know(ids: readonly string[]): void {
    this.#known = new Set(ids);
  }

  hear(speech: Speech | null, isOn: boolean): void {
    const url = isOn && speech !== null ? this.#urlOf(speech) : null;
    if (url === this.#said) return;
    if (this.#said !== null) this.#voice.stop();
    this.#said = url;
    if (url !== null) this.#voice.say(url);
  }

  #urlOf(speech: Speech): string | null {
    if (speech.kind === "file") return speech.url;
    return this.#known.has(speech.id) ? sentencePath(speech.id) : null;
  }
}
