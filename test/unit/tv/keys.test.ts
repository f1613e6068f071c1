import { describe, expect, it } from "vitest";
import { KeyNormaliser, nameKey, type RawKey, rawName } from "../../../src/tv/keys/normalise.ts";
import type { RemoteKey } from "../../../src/tv/screen.ts";
import { REMOTES, SIX_KEYS } from "../../support/remote-tables.ts";

const raw = (key: string, more: Partial<RawKey> = {}): RawKey => ({
  key,
  code: "",
  keyCode: 0,
  repeat: false,
  atMs: 0,
  ...more,
});

describe.each(Object.entries(REMOTES))("the remote of %s", (_name, rows) => {
  it.each(rows)("%s: %o, %o, %i", (_key, key, code, keyCode, ours) => {
    expect(nameKey(raw(key, { code, keyCode }))).toBe(ours);
  });

  it("has all that is needed: the six keys", () => {
    const keys = rows.map(([, , , , ours]) => ours);
    expect(keys).toEqual(expect.arrayContaining([...SIX_KEYS]));
  });
});

describe("the name of a key", () => {
  it("is found by code when the key itself says nothing", () => {
    expect(nameKey(raw("Unidentified", { code: "ArrowUp" }))).toBe("up");
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
    expect(keys.press(raw("Enter", { atMs: 120 }))).toBeNull();
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

  it("N4: a box that sends a held key as pairs of down and up is no exception", () => {
    const keys = new KeyNormaliser();
    const acts: (string | null)[] = [];
    for (let atMs = 0; atMs < 3000; atMs += 108) {
      if (atMs > 600) keys.screenChanged();
      acts.push(keys.press(raw("ArrowDown", { atMs })));
    }
    expect(acts.slice(6).every((key) => key === null)).toBe(true);
  });
});

/** What is acted on, of events that come at these times. */
function acted(...events: readonly (readonly [atMs: number, key: string, repeat?: boolean])[]) {
  const keys = new KeyNormaliser();
  return events.flatMap(
    ([atMs, key, repeat = false]) => keys.press(raw(key, { atMs, repeat })) ?? [],
  );
}

describe("keys that arrive as they should not", () => {
  it("N2: one press that arrives twice is one", () => {
    expect(acted([0, "Enter"], [1, "Enter"], [400, "7"], [430, "7"])).toEqual(["ok", "digit-7"]);
  });

  it("N5: a repeat without its first press does nothing, and the next press acts", () => {
    const events = [0, 33, 66, 99].map((atMs) => [atMs, "Enter", true] as const);
    expect(acted(...events, [600, "Enter"])).toEqual(["ok"]);
  });

  it("N5: two keys whose presses overlap are both acted on, once each", () => {
    expect(
      acted([0, "ArrowDown"], [40, "Enter"], [70, "Enter", true], [100, "Enter", true]),
    ).toEqual(["down", "ok"]);
    expect(acted([0, "ArrowDown"], [40, "Enter"], [80, "ArrowDown", true])).toEqual(["down", "ok"]);
  });

  it("is named by its key when keyCode is 0", () => {
    for (const key of ["Enter", "Close", "ArrowLeft", "MediaPause", "5"]) {
      expect(nameKey(raw(key, { keyCode: 0 })), key).not.toBeNull();
    }
  });
});

describe("a key that no table knows", () => {
  const red = raw("ColorF0Red", { atMs: 0 });

  it("N6: is told once a press, and kept for diagnostics, newest last", () => {
    const told: string[] = [];
    const keys = new KeyNormaliser((name) => told.push(name));
    keys.press(red);
    keys.press({ ...red, repeat: true, atMs: 40 });
    keys.press(raw("ColorF3Blue", { keyCode: 406, atMs: 900 }));
    expect(told).toEqual(["ColorF0Red||0", "ColorF3Blue||406"]);
    expect(keys.unknown).toEqual(["ColorF0Red ? 0", "ColorF3Blue ? 406"]);
  });

  it("N6: acts when it was learned, and what the tables know cannot be learned anew", () => {
    const keys = new KeyNormaliser();
    const learned = (name: string, key: RemoteKey) => ({ raw: name, key }) as never;
    keys.learn([learned("ColorF0Red||0", "back"), learned("Enter||13", "back")]);
    expect(keys.press(red)).toBe("back");
    expect(keys.press(raw("Enter", { keyCode: 13, atMs: 900 }))).toBe("ok");
    keys.learn([]);
    expect(keys.press({ ...red, atMs: 2000 })).toBeNull();
  });

  it("N6: has no name when it looks like every other lost key", () => {
    expect(rawName(raw("\0"))).toBeNull();
    expect(rawName(raw("Unidentified"))).toBeNull();
    expect(rawName(raw("Unidentified", { keyCode: 229 }))).toBeNull();
    expect(rawName(raw("Unidentified", { keyCode: 403 }))).toBe("Unidentified||403");
  });
});
