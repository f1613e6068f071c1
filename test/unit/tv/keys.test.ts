import { describe, expect, it } from "vitest";
import { KeyNormaliser, nameKey, type RawKey } from "../../../src/tv/keys/normalise.ts";

const raw = (key: string, more: Partial<RawKey> = {}): RawKey => ({
  key,
  code: "",
  keyCode: 0,
  repeat: false,
  atMs: 0,
  ...more,
});

describe("the name of a key", () => {
  it.each([
    ["Enter", 13, "ok"],
    ["GoBack", 166, "back"],
    ["BrowserBack", 166, "back"],
    ["Close", 0, "back"],
    ["Escape", 27, "back"],
    ["Backspace", 8, "back"],
    ["MediaPlayPause", 179, "play"],
    ["MediaPause", 0, "play"],
    ["ChannelUp", 33, "page-up"],
    ["7", 55, "digit-7"],
    ["Unidentified", 461, "back"],
    ["Unidentified", 10009, "back"],
    ["Unidentified", 503, "play"],
    ["Unidentified", 97, "digit-1"],
  ])("%s with keyCode %i is %s", (key, keyCode, named) => {
    expect(nameKey(raw(key, { keyCode }))).toBe(named);
  });

  it("is found by code when the key itself says nothing", () => {
    expect(nameKey(raw("Unidentified", { code: "ArrowUp" }))).toBe("up");
  });

  it("is null for keys that cannot be told apart", () => {
    expect(nameKey(raw("\0"))).toBeNull();
    expect(nameKey(raw("AudioVolumeUp", { keyCode: 175 }))).toBeNull();
  });
});

/** Times at which the key was acted on, when it is held and the system repeats it. */
function actsWhenHeld(key: string, untilMs: number): number[] {
  const keys = new KeyNormaliser();
  const acts: number[] = [];
  for (let atMs = 0; atMs <= untilMs; atMs += 33) {
    if (keys.press(raw(key, { atMs, repeat: atMs > 0 })) !== null) acts.push(atMs);
  }
  return acts;
}

describe("a key that is held", () => {
  it("N1: OK acts once in three seconds", () => {
    expect(actsWhenHeld("Enter", 3000)).toEqual([0]);
  });

  it("N3: an arrow steps at once, after half a second, then at most eight times a second", () => {
    const acts = actsWhenHeld("ArrowRight", 1500);
    expect(acts[1]).toBeGreaterThanOrEqual(500);
    const gaps = acts.slice(2).map((atMs, index) => atMs - (acts[index + 1] ?? 0));
    expect(gaps.length).toBeGreaterThan(4);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(125);
  });
});

describe("a key that is pressed again", () => {
  it("N2: within 150 ms it is the remote's bounce", () => {
    const keys = new KeyNormaliser();
    expect(keys.press(raw("Enter", { atMs: 0 }))).toBe("ok");
    keys.release();
    expect(keys.press(raw("Enter", { atMs: 120 }))).toBeNull();
    keys.release();
    expect(keys.press(raw("Enter", { atMs: 400 }))).toBe("ok");
  });

  it("N4: what is held over a change of screen does nothing on the new one", () => {
    const keys = new KeyNormaliser();
    keys.press(raw("ArrowDown", { atMs: 0 }));
    for (let atMs = 100; atMs < 700; atMs += 50) {
      keys.press(raw("ArrowDown", { atMs, repeat: true }));
    }
    keys.screenChanged();
    const after: (string | null)[] = [];
    for (let atMs = 700; atMs < 1500; atMs += 50) {
      after.push(keys.press(raw("ArrowDown", { atMs, repeat: true })));
    }
    expect(after.every((key) => key === null)).toBe(true);
    expect(keys.press(raw("ArrowDown", { atMs: 1800 }))).toBe("down");
  });
});
