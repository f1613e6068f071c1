/**
 * A table as offices really send it: CSV in UTF-8 (with or without a mark) or GBK, or an Excel
 * workbook; with a title above the headings or without. Cells come out as trimmed text.
 */
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { readSheet } from "read-excel-file/node";

/** A row as it is numbered in the office's own program, so that a person finds it again. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export type TableRead =
  | { readonly ok: true; readonly rows: readonly TableRow[] }
  | { readonly ok: false; readonly text: string };

/** A roster of 999 people is under 100 kB; anything near this limit is the wrong file. */
const MAX_BYTES = 8 * 1024 * 1024;

function startsWith(bytes: Uint8Array, ...marks: readonly number[]): boolean {
  return marks.every((mark, index) => bytes[index] === mark);
}

/** Null when the bytes are no text in any encoding that a Chinese office's programs write. */
export function decodeText(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0xff, 0xfe)) return iconv.decode(bytes, "utf16le");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8, so what Excel saves as "CSV" in Chinese Windows: GBK, of which GB 18030 is the
    // whole.
    const text = iconv.decode(bytes, "gb18030");
    return text.includes("\uFFFD") ? null : text;
  }
}

function delimiterOf(text: string): string {
  const head = text.slice(0, 2000);
  const count = (mark: string) => head.split(mark).length;
  return [",", "\t", ";"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

interface ParsedCsvRow {
  readonly info: { readonly lines: number };
  readonly record: string[];
}

function readCsv(bytes: Uint8Array): TableRead {
  const text = decodeText(bytes);
  if (text === null || text.includes("\0")) {
    return { ok: false, text: "看不懂这个文件的编码，请另存为 CSV UTF-8 或 xlsx 再导入" };
  }
  const options = {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
  };
  try {
    const parsed = parse(text, options) as unknown as ParsedCsvRow[];
    const rows = parsed.map(({ info, record }) => ({ row: info.lines, cells: record }));
    return { ok: true, rows: tidy(rows) };
  } catch {
    return { ok: false, text: "文件里的引号不成对，请用表格软件打开检查后再导入" };
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}

async function readXlsx(bytes: Uint8Array): Promise<TableRead> {
  try {
    const sheet = await readSheet(Buffer.from(bytes));
    const rows = sheet.map((cells, index) => ({ row: index + 1, cells: cells.map(cellText) }));
    return { ok: true, rows: tidy(rows) };
  } catch {
    return { ok: false, text: "这个 xlsx 文件打不开，可能没有存完整，请重新另存一份" };
  }
}

/** Full-width digits and letters become plain ones; rows without any text are left out. */
function tidy(rows: readonly TableRow[]): TableRow[] {
  return rows
    .map(({ row, cells }) => ({ row, cells: cells.map((cell) => cell.normalize("NFKC").trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
}

export async function readTable(bytes: Uint8Array, fileName: string): Promise<TableRead> {
  if (bytes.length > MAX_BYTES) return { ok: false, text: "文件太大，不像是一张表" };
  if (startsWith(bytes, 0x50, 0x4b)) return readXlsx(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    return { ok: false, text: "这是老式的 xls 文件，请另存为 xlsx 或 CSV 再导入" };
  }
  if (/\.xlsx$/i.test(fileName)) {
    return { ok: false, text: "文件名是 xlsx，内容却不是，请重新另存一份" };
  }
  return readCsv(bytes);
}
