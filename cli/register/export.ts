/** `register export`: every proven record, byte for byte as it was hashed, as JSON lines. */
import type { BoxReading } from "./open-reading.ts";

/** docs/formats/journal.md, "Export". */
export const EXPORT_SCHEMA = "one-room.register-export/1";

export function writeExport({ boxId, epochs, records }: BoxReading): string {
  const head = { schema: EXPORT_SCHEMA, boxId, epochs, recordCount: records.length };
  const lines = records.map(({ e, s, h, json }) => JSON.stringify({ e, s, h, json }));
  return `${[JSON.stringify(head), ...lines].join("\n")}\n`;
}
