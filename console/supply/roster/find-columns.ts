/** Finds which column of a table holds what, by its heading; offices word their headings freely. */
import type { TableRow } from "./read-table.ts";

/**
 * An error at one place of the table. Row 0: the file as a whole. Text is Chinese, for the user.
 */
export interface RowError {
  readonly row: number;
  readonly column: string;
  readonly text: string;
}

export interface ColumnRule<Name extends string> {
  readonly name: Name;
  readonly heading: string;
  /** Other headings for the same thing. */
  readonly alike: readonly string[];
  readonly needed: boolean;
}

export interface FoundColumns<Name extends string> {
  /** Headings as the file words them. */
  readonly headings: ReadonlyMap<Name, string>;
  readonly rows: readonly { readonly row: number; readonly value: (name: Name) => string }[];
}

/** A title and a line on who made the table may stand above the headings, seldom more. */
const MAX_ROWS_ABOVE = 6;

function plain(heading: string): string {
  return heading.replace(/[\s*::()()【】_]/g, "");
}

function match<Name extends string>(
  cells: readonly string[],
  rules: readonly ColumnRule<Name>[],
): Map<Name, number> {
  const found = new Map<Name, number>();
  for (const rule of rules) {
    const words = [rule.heading, ...rule.alike];
    const at = cells.findIndex((cell) => words.includes(plain(cell)));
    if (at >= 0) found.set(rule.name, at);
  }
  return found;
}

export function findColumns<Name extends string>(
  rows: readonly TableRow[],
  rules: readonly ColumnRule<Name>[],
): FoundColumns<Name> | { readonly errors: RowError[] } {
  const above = rows.slice(0, MAX_ROWS_ABOVE).map((row) => match(row.cells, rules));
  const most = Math.max(0, ...above.map((found) => found.size));
  const at = above.findIndex((found) => found.size === most);
  const found = above[at];
  const head = rows[at];
  const missing = rules.filter((rule) => rule.needed && !found?.has(rule.name));
  if (found === undefined || head === undefined || missing.length > 0) {
    const row = most > 0 ? (head?.row ?? 1) : 1;
    return { errors: missing.map(({ heading }) => ({ row, ...lacking(heading) })) };
  }
  const headings = new Map([...found].map(([name, index]) => [name, head.cells[index] ?? ""]));
  const values = rows.slice(at + 1).map(({ row, cells }) => ({
    row,
    value: (name: Name) => cells[found.get(name) ?? -1] ?? "",
  }));
  return { headings, rows: values };
}

function lacking(heading: string): { column: string; text: string } {
  return { column: heading, text: `表头里没有“${heading}”这一列` };
}
