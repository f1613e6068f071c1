import { expect, test } from "vitest";
import type { Material, Method } from "../../../protocol/generated/types.ts";
import { SEED_METHOD } from "../../../src/room/seed-method.ts";
import {
  type DecideContext,
  decide,
  type SessionIntent,
  segmentStart,
} from "../../../src/session/decide.ts";
import { evolve } from "../../../src/session/evolve.ts";
import { firstIndex, planFlow } from "../../../src/session/flow.ts";
import {
  countMarks,
  newSession,
  type SessionState,
  stageOf,
} from "../../../src/session/session.ts";
import { explained, LIVE_METHOD, MATERIAL, PREPARE_METHOD } from "../../support/lessons.ts";

const MEMBERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc"];
const FULL: DecideContext = {
  material: MATERIAL,
  hasMaterial: () => true,
  filmAtMs: 0,
  newGuest: "guestaaa",
};

function begin(method: Method, lessons = 1): SessionState {
  const flow = planFlow(method, lessons);
  const at = firstIndex(flow, () => true);
  return newSession({ id: "0a0b0c0d-2", type: "study-day", flow, at, expected: MEMBERS });
}

/** Lives through the intents, which must all be accepted. */
function live(state: SessionState, intents: SessionIntent[], context = FULL): SessionState {
  return intents.reduce((now, intent) => {
    const decision = decide(now, intent, context);
    if (!decision.ok) throw new Error(`${intent.kind}: ${decision.code}`);
    return decision.draft === null ? now : evolve(now, decision.draft);
  }, state);
}

function walk(method: Method, lessons: number): string[] {
  let state = begin(method, lessons);
  const stages = [stageOf(state).id];
  while (stageOf(state).kind !== "closing") {
    state = live(state, [{ kind: "advance", from: state.at }]);
    stages.push(stageOf(state).id);
  }
  return stages;
}

const toWatch: SessionIntent[] = [
  { kind: "advance", from: 0 },
  { kind: "advance", from: 1 },
];

test("S5: the five steps are held in the order of the method, the detour never stood in", () => {
  expect(walk(SEED_METHOD, 1)).toEqual(["signin", "s1", "s2", "s4", "feedback", "s5", "-"]);
  expect(planFlow(SEED_METHOD, 1).map(({ id }) => id)).toContain("s3");
});

test("S5: another method begins with preparing and ends with feedback", () => {
  expect(walk(PREPARE_METHOD, 1)).toEqual(["ready", "names", "look", "talk", "hands", "-"]);
});

test("S5: a method without a film or a sign-in is held as it says", () => {
  expect(walk(LIVE_METHOD, 0)).toEqual(["ready", "relay", "sum", "-"]);
});

test("with two lessons signing in happens once, and every other stage for each lesson", () => {
  const flow = planFlow(SEED_METHOD, 2);
  expect(flow.filter(({ kind }) => kind === "signin").map(({ item }) => item)).toEqual([0]);
  expect(flow.filter(({ kind }) => kind === "watch").map(({ item }) => item)).toEqual([0, 1]);
  expect(flow.at(-1)?.kind).toBe("closing");
});

test("a stage that is not required and has nothing to show is passed over", () => {
  const context = { ...FULL, hasMaterial: ({ kind }: { kind: string }) => kind !== "feedback" };
  const state = live(
    begin(SEED_METHOD),
    [0, 1, 2, 4].map((from) => ({ kind: "advance", from })),
    context,
  );
  expect(stageOf(state).id).toBe("s5");
  const back = live(state, [{ kind: "retreat", from: state.at }], context);
  expect(stageOf(back).id).toBe("s4");
});

test("a required stage is stood in even when the lesson has nothing for it", () => {
  const context = { ...FULL, hasMaterial: () => false };
  const state = live(begin(SEED_METHOD), [{ kind: "advance", from: 0 }], context);
  expect(stageOf(state).id).toBe("s1");
});

test("an advance from where one no longer stands is refused as stale", () => {
  const state = live(begin(SEED_METHOD), [{ kind: "advance", from: 0 }]);
  for (const kind of ["advance", "retreat"] as const) {
    expect(decide(state, { kind, from: 0 }, FULL)).toEqual({ ok: false, code: "stale" });
  }
  const ended = { kind: "film-ended", from: 0, atMs: 0 } as const;
  expect(decide(state, ended, FULL)).toEqual({ ok: false, code: "stale" });
});

test("film messages outside the film, and steps beyond the ends, are refused", () => {
  const state = begin(SEED_METHOD);
  const refused = { ok: false, code: "not-now" };
  expect(decide(state, { kind: "film-ended", from: 0, atMs: 0 }, FULL)).toEqual(refused);
  expect(decide(state, { kind: "cue-reached", cue: 0, atMs: 0 }, FULL)).toEqual(refused);
  expect(decide(state, { kind: "retreat", from: 0 }, FULL)).toEqual(refused);
  expect(decide(state, { kind: "close" }, FULL)).toEqual(refused);
});

test.each([
  ["advance", "cut-short"],
  ["film-ended", "done"],
  ["film-failed", "failed"],
] as const)("leaving the film by %s ends it as %s", (kind, ending) => {
  const state = live(begin(SEED_METHOD), toWatch);
  const intent = { kind, from: state.at, atMs: 5000, code: "media" } as SessionIntent;
  const after = live(state, [intent]);
  expect(after.endings[state.at]).toBe(ending);
  expect(stageOf(after).id).toBe("s4");
});

test("S6: going back into a film cut short goes on where it was left; a seen one begins again", () => {
  const at = { ...FULL, filmAtMs: 42_000 };
  const state = live(begin(SEED_METHOD), toWatch);
  const cut = live(state, [{ kind: "advance", from: state.at }], at);
  const back = decide(cut, { kind: "retreat", from: cut.at }, FULL);
  expect(back).toMatchObject({ film: { atMs: 42_000, playing: true } });
  const seen = live(state, [{ kind: "film-ended", from: state.at, atMs: 120_000 }]);
  const again = decide(seen, { kind: "retreat", from: seen.at }, FULL);
  expect(again).toMatchObject({ film: { atMs: 0, playing: true } });
});

test("S6: going back, pausing and resuming lose nothing that was recorded", () => {
  const marked = live(begin(SEED_METHOD), [
    { kind: "mark", how: "call", marks: [["aaaaaaaa", "P"]] as never },
    ...toWatch,
    { kind: "cue-reached", cue: 0, atMs: 20_000 },
    explained(0),
    { kind: "note", topic: "t1", points: [0], speakers: ["aaaaaaaa"], doubts: false },
  ]);
  const after = live(marked, [
    { kind: "pause" },
    { kind: "resume" },
    { kind: "retreat", from: marked.at },
  ]);
  const kept = ({ marks, notes, cuesDone }: SessionState) => ({ marks, notes, cuesDone });
  expect(kept(after)).toEqual(kept(marked));
});

test("after an explanation the film goes on two seconds earlier, never before its start", () => {
  const context = { ...FULL, filmAtMs: 20_000 };
  const state = live(begin(SEED_METHOD), [
    ...toWatch,
    { kind: "cue-reached", cue: 0, atMs: 20_000 },
  ]);
  expect(state.explaining).toEqual({ cue: 0, atMs: 20_000 });
  const goOn = explained(0);
  expect(decide(state, goOn, context)).toMatchObject({ film: { atMs: 18_000, playing: true } });
  const early = live(begin(SEED_METHOD), [...toWatch, { kind: "cue-reached", cue: -1, atMs: 900 }]);
  expect(decide(early, { ...goOn, cue: -1 }, context)).toMatchObject({ film: { atMs: 0 } });
});

test("replaying goes to the start of the segment, also from a cue on its border", () => {
  expect(segmentStart(MATERIAL, 75_000)).toBe(60_000);
  expect(segmentStart(MATERIAL, 60_000)).toBe(0);
  expect(segmentStart(null, 60_000)).toBe(0);
});

test("two cues within one second are explained one after the other", () => {
  const state = live(begin(SEED_METHOD), [
    ...toWatch,
    { kind: "cue-reached", cue: 0, atMs: 20_000 },
    explained(0),
    { kind: "cue-reached", cue: 1, atMs: 20_400 },
    { ...explained(1), marked: true },
  ]);
  expect(state.cuesDone).toEqual({ 0: [0, 1] });
});

test("an explanation of another cue is stale, and a second cue meanwhile changes nothing", () => {
  const state = live(begin(SEED_METHOD), [
    ...toWatch,
    { kind: "cue-reached", cue: 0, atMs: 20_000 },
  ]);
  const other = decide(state, explained(1), FULL);
  expect(other).toEqual({ ok: false, code: "stale" });
  const second = decide(state, { kind: "cue-reached", cue: 1, atMs: 20_400 }, FULL);
  expect(second).toEqual({ ok: true, draft: null });
});

test("the broadcaster's own explanation is no cue that is done", () => {
  const state = live(begin(SEED_METHOD), [
    ...toWatch,
    { kind: "cue-reached", cue: -1, atMs: 5000 },
    explained(-1),
  ]);
  expect(state.explaining).toBeNull();
  expect(state.cuesDone).toEqual({});
});

test("the film halts when the session pauses, and goes on where it was", () => {
  const context = { ...FULL, filmAtMs: 33_000 };
  const state = live(begin(SEED_METHOD), toWatch);
  const pause = decide(state, { kind: "pause" }, context);
  expect(pause).toMatchObject({ film: { atMs: 33_000, playing: false } });
  const paused = live(state, [{ kind: "pause" }]);
  const resume = decide(paused, { kind: "resume" }, context);
  expect(resume).toMatchObject({ film: { atMs: 33_000, playing: true } });
  expect(decide(paused, { kind: "pause" }, context)).toEqual({ ok: true, draft: null });
});

test("who comes late signs in at any stage until the close", () => {
  const late = { kind: "mark", how: "late", marks: [["aaaaaaaa", "L"]] as never } as const;
  let state = begin(SEED_METHOD);
  while (stageOf(state).kind !== "closing") {
    expect(countMarks(live(state, [late])).L).toBe(1);
    state = live(state, [{ kind: "advance", from: state.at }]);
  }
  expect(countMarks(live(state, [late])).L).toBe(1);
});

test("S4: a session is not closed while somebody is unmarked", () => {
  let state = begin(SEED_METHOD);
  while (stageOf(state).kind !== "closing") {
    state = live(state, [{ kind: "advance", from: state.at }]);
  }
  expect(decide(state, { kind: "close" }, FULL)).toEqual({ ok: false, code: "unmarked" });
  const all = MEMBERS.map((member) => [member, "A"]) as never;
  const closed = live(state, [{ kind: "mark", how: "call", marks: all }, { kind: "close" }]);
  expect(closed.ended).toBe("done");
  expect(countMarks(closed).unmarked).toBe(0);
});

test("an abandoned session leaves the unmarked unmarked, and answers nothing more", () => {
  const state = live(begin(SEED_METHOD), [{ kind: "abandon" }]);
  expect(state.ended).toBe("abandoned");
  expect(countMarks(state)).toMatchObject({ unmarked: 3, A: 0 });
  expect(decide(state, { kind: "advance", from: 0 }, FULL)).toEqual({ ok: false, code: "not-now" });
});

test.each<SessionIntent>([
  { kind: "mark", how: "call", marks: [["zzzzzzzz", "P"]] as never },
  { kind: "note", topic: "t1", points: [], speakers: ["zzzzzzzz"], doubts: null },
  { kind: "assign", task: "p1", heads: 1, members: ["zzzzzzzz"] },
])("somebody who is not expected is refused in $kind", (intent) => {
  expect(decide(begin(SEED_METHOD), intent, FULL)).toEqual({ ok: false, code: "no-member" });
});

test("a record of a stage the method does not have changes nothing", () => {
  const state = begin(SEED_METHOD);
  const d = { session: state.id, item: 0, stage: "gone", event: "advance" } as const;
  expect(evolve(state, { k: "step", d })).toEqual(state);
});

test("notes and answers of two lessons are kept apart", () => {
  const none: Material | null = null;
  let state = begin(SEED_METHOD, 2);
  state = live(state, [{ kind: "feedback", question: "q1", counts: [3, 0] }]);
  while (stageOf(state).item === 0) {
    state = live(state, [{ kind: "advance", from: state.at }], { ...FULL, material: none });
  }
  state = live(state, [{ kind: "feedback", question: "q1", counts: ["most", null] }]);
  expect(state.answers).toEqual({ "0/q1": [3, 0], "1/q1": ["most", null] });
});
