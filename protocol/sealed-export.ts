/** The export of a register, as it travels on a stick: docs/formats/register-export.md. */
import type { SealedHead } from "./generated/types.ts";

export const SEALED_SCHEMA = "one-room.sealed-export/1";

/** The head is one line, and never longer. */
export const HEAD_BYTES_MAX = 4096;

/** What the box signs, and what the seal is bound to. */
export function exportStatement({
  box,
  sha256,
  to,
}: Pick<SealedHead, "box" | "sha256"> & { readonly to: string | null }): string {
  return [SEALED_SCHEMA, box, sha256, to ?? "-"].join("\n");
}
