/** What the invented county has told its rooms. */
import type { NoticeLine, NoticeRoom } from "../../protocol/notice-api.ts";
import { BOXES, NOW_MS } from "./fake-county.ts";
import { LONG_NOTICE, SHORT_NOTICE } from "./fake-notices.ts";

const DAY_MS = 86_400_000;
const COUNTS = { by: "陈志远", rooms: 300, arrived: 268, read: 191 } as const;

export const NOTICE_LINES: readonly NoticeLine[] = [
  {
    ...SHORT_NOTICE,
    ...COUNTS,
    ...{ on: "2026-11-22", until: "2026-12-03", state: "holds", issuedAtMs: NOW_MS - DAY_MS },
    audience: { kind: "all" },
  },
  {
    ...LONG_NOTICE,
    ...COUNTS,
    ...{ on: "2026-11-10", until: "2026-11-20", state: "over", issuedAtMs: NOW_MS - 13 * DAY_MS },
    audience: { kind: "places", places: ["石桥镇", "青坪镇", "柳河镇", "双溪乡"] },
  },
  {
    ...SHORT_NOTICE,
    ...COUNTS,
    ...{ id: "noticegone22", on: "2026-11-09", until: "2026-11-30", state: "withdrawn" },
    ...{ issuedAtMs: NOW_MS - 14 * DAY_MS, rooms: 2, arrived: 1, read: 0 },
    audience: { kind: "boxes", boxes: BOXES.slice(0, 2).map(({ id }) => id) },
  },
];

export const NOTICE_ROOMS: readonly NoticeRoom[] = BOXES.slice(0, 6).map(
  ({ id, name, place }, n) => ({
    ...{ box: id, name, place },
    arrivedAtMs: n < 2 ? null : NOW_MS - DAY_MS + n * 60_000,
    readAtMs: n < 4 ? null : NOW_MS - n * 3_600_000,
  }),
);
