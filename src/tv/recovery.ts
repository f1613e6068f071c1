/**
 * What the page does when it cannot go on: it says one sentence and begins anew. The service knows
 * where the room was. What breaks again and again is not tried each second for ever.
 */
export interface RecoveryWorld {
  /** In the page itself: the canvas may be what is broken. */
  say(words: string): void;
  reload(): void;
  after(ms: number, act: () => void): void;
  /** Outlives a reload, not the window. */
  readonly memory: Memory;
}

export interface Memory {
  read(name: string): string | null;
  write(name: string, text: string): void;
}

export const WORDS = "画面出了点问题，正在恢复……";

const COUNT = "one-room-restarts";
/** Longer and longer: a graphics chip that is gone needs time, and whoever reads needs it too. */
export const DELAYS_MS = [1000, 3000, 10_000, 30_000] as const;
/** Having run so long, the next trouble is a new one. */
const STEADY_MS = 60_000;

export class Recovery {
  readonly #world: RecoveryWorld;
  #begun = false;

  constructor(world: RecoveryWorld) {
    this.#world = world;
    world.after(STEADY_MS, () => {
      if (!this.#begun) world.memory.write(COUNT, "0");
    });
  }

  /** Whatever comes after the first trouble changes nothing. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const { say, reload, after, memory } = this.#world;
    const before = Number(memory.read(COUNT) ?? 0) || 0;
    memory.write(COUNT, String(before + 1));
    say(WORDS);
    after(DELAYS_MS[Math.min(before, DELAYS_MS.length - 1)] ?? 0, reload);
  }
}
