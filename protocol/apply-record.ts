/** Which records count while a session is open, and which once it is closed. */
import { APPLY_AFTER_CLOSE } from "./after-close.ts";
import { stampOf } from "./instant.ts";
import type { KnownRecord, PayloadByKind, StoredRecord } from "./record.ts";
import { APPLY, type Apply, type SessionDraft } from "./session-draft.ts";

/** A record of a kind that says nothing of registers, or at the wrong time, changes nothing. */
export function applyToDraft(draft: SessionDraft, stored: StoredRecord, record: KnownRecord): void {
  const { by, k, d } = record;
  const { e, s, h: hash } = stored;
  const context = { at: stampOf(record), hash, e, s, by };
  const isClosed = draft.ending !== null;
  if (!isClosed && by !== "-" && !(k in APPLY_AFTER_CLOSE)) draft.by = by;
  const table = isClosed && k !== "play" ? APPLY_AFTER_CLOSE : APPLY;
  // The table's own type ties kind and payload together; looking up by kind loses that.
  const apply = table[k as keyof typeof table] as Apply<keyof PayloadByKind> | undefined;
  apply?.(draft, d, context);
}
