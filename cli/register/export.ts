/** `register export`: every proven record, byte for byte as it was hashed, as JSON lines. */
import { REGISTER_EXPORT_SCHEMA } from "../../protocol/register-export.ts";
import type { BoxReading } from "./open-reading.ts";

export function writeExport({ boxId, epochs, records }: BoxReading): string {
  const head = { schema: REGISTER_EXPORT_SCHEMA, boxId, epochs, recordCount: records.length };
  const lines = records.map(({ e, s, h, json }) => JSON.stringify({ e, s, h, json }));
  return `${[JSON.stringify(head), ...lines].join("\n")}\n`;
}
