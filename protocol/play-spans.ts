/** Watched time is the union of spans that really played: seeking and repeating earn nothing. */
export type PlaySpan = readonly [fromMs: number, toMs: number];

/** Sorted, without overlaps; spans that touch become one. */
export function addSpan(spans: readonly PlaySpan[], added: PlaySpan): PlaySpan[] {
  if (added[1] <= added[0]) return [...spans];
  const sorted = [...spans, added].sort((a, b) => a[0] - b[0]);
  const merged: PlaySpan[] = [];
  for (const span of sorted) {
    const last = merged[merged.length - 1];
    if (last === undefined || span[0] > last[1]) merged.push(span);
    else merged[merged.length - 1] = [last[0], Math.max(last[1], span[1])];
  }
  return merged;
}

export function sumSpans(spans: readonly PlaySpan[]): number {
  return spans.reduce((sum, [fromMs, toMs]) => sum + (toMs - fromMs), 0);
}
