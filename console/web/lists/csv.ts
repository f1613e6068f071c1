/** Tables as files that a county's spreadsheet opens without being asked. */

/** Excel takes a UTF-8 file for GBK unless it begins with this. */
const BYTE_ORDER_MARK = "\uFEFF";

export type CsvRow = readonly (string | number)[];

export function csvOf(rows: readonly CsvRow[]): string {
  return `${BYTE_ORDER_MARK}${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Quoted where needed; text that a spreadsheet would run as a formula is made plain text. */
function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
