/** Numbers in words. What is not known is said to be unknown, never 0. */
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

export const UNKNOWN = "—";

export function bytesText(bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  if (bytes >= GIB) return `${(bytes / GIB).toFixed(1)} GB`;
  return `${Math.round(bytes / MIB)} MB`;
}

export function countText(count: number | null): string {
  return count === null ? UNKNOWN : String(count);
}

/** Members' numbers as the paper register writes them; 0 stands for a number nobody knows. */
export function memberNumberText(no: number, digits: number): string {
  return no > 0 ? String(no).padStart(digits, "0") : UNKNOWN;
}

export function numberDigits(numbers: readonly number[]): number {
  return numbers.some((no) => no > 99) ? 3 : 2;
}
