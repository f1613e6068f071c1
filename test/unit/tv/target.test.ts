import { describe, expect, it } from "vitest";
import { cueLeftAtEnd, cueMet } from "../../../src/tv/player/cue-watch.ts";
import { placesAfter, targetOf } from "../../../src/tv/target.ts";
import { HOME, inSession, sessionAt } from "../../support/fake-views.ts";

describe("which screen is shown", () => {
  it("is the page's own place while there is no session", () => {
    const library = [{ kind: "home" }, { kind: "library" }] as const;
    expect(targetOf(HOME, library)).toMatchObject({ place: { kind: "library" } });
  });

  it("is the stage while there is a session, whatever place the page was in", () => {
    const view = inSession(sessionAt("discuss"));
    expect(targetOf(view, [{ kind: "library" }])).toMatchObject({ stage: "discuss" });
  });

  it("is the sign-in of late-comers over any stage", () => {
    const view = inSession(sessionAt("watch"));
    const places = [{ kind: "home" }, { kind: "late" }] as const;
    expect(targetOf(view, places)).toMatchObject({ place: { kind: "late" } });
  });

  it("is the closing sheet once the session is closed", () => {
    const closed = { headCode: "7K3QM-9TXWA", ending: "done", evidence: [] } as const;
    const view = inSession(sessionAt("watch", { closed: { ...closed, evidence: [] } }));
    expect(targetOf(view, [{ kind: "late" }])).toMatchObject({ stage: "closing" });
  });

  it("stays the same screen while only the film's explanation comes and goes", () => {
    const session = sessionAt("watch");
    const explaining = { ...session, explaining: { cue: 0, atMs: 1 } };
    expect(targetOf(inSession(explaining), []).key).toBe(targetOf(inSession(session), []).key);
  });

  it("is home again after a session", () => {
    const places = [{ kind: "home" }, { kind: "library" }] as const;
    expect(placesAfter(places, inSession(sessionAt("closing")), HOME)).toEqual([{ kind: "home" }]);
  });
});

describe("where the film stops to be explained", () => {
  const cues = [30_000, 60_000, 200_000].map((atMs) => ({ atMs, speak: "讲", text: "讲" }));

  it("is at a cue that playing carries it over", () => {
    expect(cueMet({ cues, done: [], fromMs: 29_900, toMs: 30_100 })).toBe(0);
  });

  it("is not at a cue that was explained, nor at one that was jumped over", () => {
    expect(cueMet({ cues, done: [0], fromMs: 29_900, toMs: 30_100 })).toBeNull();
    expect(cueMet({ cues, done: [], fromMs: 10_000, toMs: 40_000 })).toBeNull();
  });

  it("is at the end for a cue that lies beyond it", () => {
    expect(cueLeftAtEnd(cues, [0, 1], 150_000)).toBe(2);
    expect(cueLeftAtEnd(cues, [0, 1, 2], 150_000)).toBeNull();
  });
});
