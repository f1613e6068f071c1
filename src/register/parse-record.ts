import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import { isRecordEnvelope } from "../../protocol/generated/validators.js";

/** Null for what is no record, whatever it is. */
export function parseRecord(json: string): RecordEnvelope | null {
  try {
    const value: unknown = JSON.parse(json);
    return isRecordEnvelope(value) ? value : null;
  } catch {
    return null;
  }
}
