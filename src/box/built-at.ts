/** Set by `vite.config.ts` where the program is built; absent where its sources are run. */
declare const __BUILT_AT_MS__: number | undefined;

/** This line was written then: no clock of a box can be right before. */
const WRITTEN_AT = Date.UTC(2026, 0, 1);

export const BUILT_AT = Math.max(
  WRITTEN_AT,
  typeof __BUILT_AT_MS__ === "number" ? __BUILT_AT_MS__ : WRITTEN_AT,
);
