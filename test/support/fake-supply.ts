/** How the invented county's rooms stand with their lessons: every ending once among the first. */
import type { BoxLine, BoxSupply, RefreshLine, SupplyState } from "../../protocol/console-api.ts";
import type { CatalogueEntry, RefreshEnd, RefreshPayload } from "../../protocol/generated/types.ts";
import { DEFAULT_SUPPLY } from "../../protocol/supply-settings.ts";
import { BOXES, NOW_MS } from "./fake-county.ts";

const HOUR_MS = 3_600_000;
const ENDS: readonly RefreshEnd[] = [
  "done",
  "unreachable",
  "done",
  "bad-catalogue",
  "no-space",
  "done",
  "portal",
  "over-budget",
];

function refreshOf(n: number): RefreshPayload {
  const end = ENDS[n % ENDS.length] ?? "done";
  return {
    ...{ mode: "night", tookMs: (n % 7) * 600_000 + 42_000, bytes: (n % 9) * 38_000_000, end },
    added: n % 3 === 0 ? ["rice-blast-2026"] : [],
    removed: [],
    failed: n % 8 === 1 ? [{ lesson: "home-fire-safety", why: "unreachable" }] : [],
    nextMs: 900_000,
    ...(end === "bad-catalogue" ? { catalogue: "refused: timestamp expired" } : {}),
  };
}

const lineOf = (n: number): RefreshLine => ({
  atMs: NOW_MS - (8 + (n % 5)) * HOUR_MS,
  isReceiptTime: n % 10 === 9,
  refresh: refreshOf(n),
});

function nightsOf(n: number, { refresh: { end } }: RefreshLine): BoxSupply["nights"] {
  return {
    doneOn: end === "done" ? "2026-11-23" : "2026-11-21",
    tried: { agoMs: 8 * HOUR_MS, end },
    nextMs: n === 2 ? null : 17 * HOUR_MS,
    alarms: n === 6 ? ["frozen"] : [],
    wanted: n === 1 ? ["home-fire-safety"] : [],
  };
}

function supplyOf({ id, name, place, link, lessonsReady, lessonsTotal }: BoxLine, n: number) {
  const known: Omit<BoxSupply, "heardAtMs" | "nights" | "last"> = {
    ...{ box: id, name, place, link, lessonsReady, lessonsTotal },
  };
  if (link === "never") return { ...known, heardAtMs: null, nights: null, last: null };
  const line = lineOf(n);
  const heardAtMs = NOW_MS - (n % 5) * 60_000;
  return { ...known, heardAtMs, nights: nightsOf(n, line), last: line };
}

const entry = (id: string, number: string, title: string, bytes: number): CatalogueEntry => ({
  ...{
    kind: "lesson",
    id,
    number,
    title,
    bytes,
    version: 1,
    priority: 0,
    category: "农村实用技术",
  },
});

export const SUPPLY: SupplyState = {
  catalogue: {
    lessons: [
      entry("rice-blast-2026", "1001", "稻瘟病的识别与防治", 156_000_000),
      entry("home-fire-safety", "1003", "社区消防与用电安全", 98_000_000),
    ],
    issuedAtMs: NOW_MS - 6 * HOUR_MS,
    expiresAtMs: NOW_MS + 14 * 24 * HOUR_MS,
  },
  trouble: null,
  due: [{ role: "lessons", expires: "2027-01-10T00:00:00Z" }],
  settings: DEFAULT_SUPPLY,
  boxes: BOXES.map(supplyOf),
};

export const REFRESHES: readonly RefreshLine[] = Array.from({ length: 8 }, (_, n) => ({
  ...lineOf(n),
  atMs: NOW_MS - (8 + 24 * n) * HOUR_MS,
}));
