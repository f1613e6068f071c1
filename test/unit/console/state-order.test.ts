/** Goal: a box's state only moves forward, whatever order the broker delivers in. */
import { describe, expect, test } from "vitest";
import {
  isNewer,
  type KnownState,
  linkStateOf,
  UNKNOWN_STATE,
} from "../../../console/server/ingest/state-order.ts";
import type { BoxState } from "../../../protocol/generated/types.ts";

const known = (st: KnownState["st"], link: number, n: number): KnownState => ({
  st,
  link,
  n,
  lostAtMs: st === "lost" ? 1000 : null,
});
const word = (st: BoxState["st"], link: number, n: number): BoxState => ({ st, link, n, ts: null });

describe("isNewer", () => {
  test("takes the first word of a box, whatever its numbers", () => {
    expect(isNewer(UNKNOWN_STATE, word("init", 0, 0))).toBe(true);
  });

  test("takes a later link, also when its n is smaller", () => {
    expect(isNewer(known("ready", 3, 9), word("init", 4, 0))).toBe(true);
  });

  test("ignores the will of an older link", () => {
    expect(isNewer(known("ready", 4, 1), word("lost", 3, 99))).toBe(false);
  });

  test("believes the will of the present link, whatever n was written into it", () => {
    expect(isNewer(known("ready", 4, 7), word("lost", 4, 0))).toBe(true);
  });

  test("does not call a box lost that has said goodbye on the same link", () => {
    expect(isNewer(known("offline", 4, 8), word("lost", 4, 0))).toBe(false);
  });

  test("ignores a repeated and an older word of the same link", () => {
    expect(isNewer(known("ready", 4, 2), word("ready", 4, 2))).toBe(false);
    expect(isNewer(known("ready", 4, 2), word("init", 4, 1))).toBe(false);
  });

  test("believes a box that goes on speaking on a link whose will was published", () => {
    expect(isNewer(known("lost", 4, -1), word("ready", 4, 3))).toBe(true);
  });
});

describe("linkStateOf", () => {
  test("calls a box that was never heard of so", () => {
    expect(linkStateOf(UNKNOWN_STATE, 5000, 60_000)).toBe("never");
  });

  test("says lost only when the debounce is over", () => {
    expect(linkStateOf(known("lost", 1, 1), 60_999, 60_000)).toBe("online");
    expect(linkStateOf(known("lost", 1, 1), 61_000, 60_000)).toBe("lost");
  });

  test("says offline at once", () => {
    expect(linkStateOf(known("offline", 1, 1), 1001, 60_000)).toBe("offline");
  });
});
