import type { IntentAnswer } from "./answers.ts";

/** Answers without a record are remembered too: a page may ask again after a reload. */
const REMEMBERED_MAX = 500;

/** The last answers, by the intents they were given to. */
export class AnswerMemory {
  readonly #answers = new Map<string, IntentAnswer>();

  get(intentId: string): IntentAnswer | undefined {
    return this.#answers.get(intentId);
  }

  remember(intentId: string, answer: IntentAnswer): void {
    this.#answers.set(intentId, answer);
    if (this.#answers.size <= REMEMBERED_MAX) return;
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.#answers.delete(oldest);
  }
}
