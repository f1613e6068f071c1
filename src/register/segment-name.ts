/** Names of journal segments: `j-<epoch: 8 hex>-<number: 5 decimal>.log`. */
const NAME = /^j-([0-9a-f]{8})-(\d{5})\.log$/;

export interface SegmentName {
  readonly epoch: string;
  /** From 1. */
  readonly number: number;
}

export function formatSegmentName({ epoch, number }: SegmentName): string {
  return `j-${epoch}-${String(number).padStart(5, "0")}.log`;
}

/** Null for a file that is no segment: it is left alone. */
export function parseSegmentName(name: string): SegmentName | null {
  const [, epoch, number] = NAME.exec(name) ?? [];
  return epoch === undefined ? null : { epoch, number: Number(number) };
}
