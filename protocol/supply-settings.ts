/** What holds until a county says otherwise (docs/formats/cache.md, When). */
import type { SupplySettings } from "./generated/types.ts";

export const DEFAULT_SUPPLY: SupplySettings = {
  window: { fromMinute: 60, toMinute: 300 },
  maxKbps: 2000,
  nightlyBytes: 400_000_000,
  trickle: true,
  quietMinutes: 15,
};
