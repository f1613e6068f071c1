/** Writes what a 补课 came to, once it is closed (M9). */
import type { LessonLibrary } from "../../media-cache/library.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { Register } from "../register/register.ts";
import { settleMakeup } from "./open-makeup.ts";

export interface SettleOptions {
  readonly register: Pick<Register, "append" | "fold">;
  readonly library: LessonLibrary;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** After every close, and at the start for the session that was closed last. */
export async function settleLast({ register, library, log }: SettleOptions): Promise<void> {
  const { fold } = register;
  const [held] = fold.sessions({ limit: 1 });
  if (held === undefined || held.makesUp.length === 0) return;
  try {
    for (const { intentId, by, draft } of settleMakeup(held, { fold, library })) {
      await register.append(draft, { intentId, by });
    }
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    // The next start tries again; the close itself is saved.
    log("make-up not written", { why: error.message });
  }
}
