/** Goal: whatever is pressed, in whatever order, what the records say is what was lived. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Method, Stage } from "../../protocol/generated/types.ts";
import { isRecordEnvelope } from "../../protocol/generated/validators.js";
import type { RecordDraft } from "../../protocol/record.ts";
import { SEED_METHOD } from "../../src/room/seed-method.ts";
import { type DecideContext, decide, type SessionIntent } from "../../src/session/decide.ts";
import { evolve } from "../../src/session/evolve.ts";
import { firstIndex, planFlow } from "../../src/session/flow.ts";
import { countMarks, newSession, type SessionState, stageOf } from "../../src/session/session.ts";
import { explained, LIVE_METHOD, MATERIAL, PREPARE_METHOD } from "../support/lessons.ts";

const MEMBERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"];
const KINDS: Stage["kind"][] = [
  "prepare",
  "signin",
  "hint",
  "watch",
  "discuss",
  "feedback",
  "practise",
  "summary",
  "quiz",
  "live",
];

const anyMethod: fc.Arbitrary<Method> = fc
  .array(fc.record({ kind: fc.constantFrom(...KINDS), required: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((stages) => ({
    ...SEED_METHOD,
    stages: stages.map((stage, index) => ({
      ...stage,
      id: `x${index}`,
      name: "一步",
      counted: false,
    })) as Method["stages"],
  }));

const method = fc.oneof(fc.constantFrom(SEED_METHOD, PREPARE_METHOD, LIVE_METHOD), anyMethod);
const index = fc.nat(14);
const ms = fc.nat(200_000);
const member = fc.constantFrom(...MEMBERS, "zzzzzzzz");
const cue = fc.integer({ min: -1, max: 3 });
const members = fc.array(member, { maxLength: 3 });
const status = fc.constantFrom("P", "L", "X", "V", "A", "-");

/** Ids of guests come from a hash: here they may meet again. */
const guest = fc.constantFrom("guestaaa", "guestbbb", "guestccc");
const guestAs = fc.constantFrom("mobile", "observer", "public");

const intent = fc.oneof(
  fc.record({
    kind: fc.constant("mark"),
    how: fc.constantFrom("call", "late"),
    marks: fc.array(fc.tuple(member, status), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant("guests"), G: fc.nat(9), Q: fc.nat(9) }),
  fc.record({ kind: fc.constant("headcount"), heads: fc.option(fc.nat(50)) }),
  fc.record({ kind: fc.constantFrom("advance", "retreat"), from: index }),
  fc.record({ kind: fc.constantFrom("pause", "resume", "close", "abandon") }),
  fc.record({ kind: fc.constant("cue-reached"), cue, atMs: ms }),
  fc.tuple(cue, fc.constantFrom("go-on", "replay")).map(([at, next]) => explained(at, next)),
  fc.record({ kind: fc.constant("film-ended"), from: index, atMs: ms }),
  fc.record({ kind: fc.constant("film-failed"), from: index, atMs: ms, code: fc.constant("x") }),
  fc.record({
    kind: fc.constant("note"),
    topic: fc.constantFrom("t1", "t2"),
    points: fc.array(fc.nat(3), { maxLength: 2 }),
    speakers: members,
    doubts: fc.option(fc.boolean()),
  }),
  fc.record({
    kind: fc.constant("feedback"),
    question: fc.constantFrom("q1", "q2"),
    counts: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("add-guest"), name: fc.constant("李某"), as: guestAs }),
  fc.record({ kind: fc.constant("strike-guest"), guest }),
  fc.record({
    kind: fc.constant("paper"),
    session: fc.constant("0a0b0c0d-2"),
    result: fc.constantFrom("same", "differs", "none"),
    signed: fc.option(fc.nat(9)),
    missing: members,
    extra: fc.constant([]),
    code: fc.constant(null),
  }),
  fc.record({ kind: fc.constant("assign"), task: fc.constant("p1"), heads: fc.nat(9), members }),
) as unknown as fc.Arbitrary<SessionIntent>;

/** Most presses come from where one really stands; some are late. */
const press = fc.record({ intent, fromHere: fc.boolean(), filmAtMs: ms, newGuest: guest });

const life = fc.record({
  method,
  lessons: fc.integer({ min: 0, max: 3 }),
  filled: fc.func(fc.boolean()),
  presses: fc.array(press, { maxLength: 60 }),
});

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

function begin({ method: steps, lessons, filled }: Life): SessionState {
  const flow = planFlow(steps, lessons);
  const at = firstIndex(flow, filled);
  return newSession({ id: "0a0b0c0d-2", type: "study-day", flow, at, expected: MEMBERS });
}

function liveThrough(one: Life, look: (state: SessionState, draft: RecordDraft) => void) {
  let state = begin(one);
  for (const { intent: pressed, fromHere, ...rest } of one.presses) {
    const asked = fromHere && "from" in pressed ? { ...pressed, from: state.at } : pressed;
    const context: DecideContext = { material: MATERIAL, hasMaterial: one.filled, ...rest };
    const decision = decide(state, asked, context);
    if (!decision.ok || decision.draft === null) continue;
    state = evolve(state, decision.draft);
    look(state, decision.draft);
  }
  return state;
}

const envelope = { e: "0a0b0c0d", s: 3, p: "0".repeat(32), v: 1, bt: 1, mt: 1, wt: 1, ws: "ntp" };

test("S1, S2: replaying the records of any session yields the state that was lived", () => {
  fc.assert(
    fc.property(life, (one) => {
      const journal: string[] = [];
      const lived = liveThrough(one, (_state, { k, d }) => {
        const record = { ...envelope, by: "-", k, d };
        expect(isRecordEnvelope(record)).toBe(true);
        journal.push(JSON.stringify(record));
      });
      const replayed = journal.map((json) => JSON.parse(json)).reduce(evolve, begin(one));
      expect(replayed).toEqual(lived);
    }),
    { numRuns: 400 },
  );
});

test("S3, S4: everybody expected is counted once, and nobody is unmarked at a close", () => {
  fc.assert(
    fc.property(life, (one) => {
      liveThrough(one, (state, draft) => {
        const { expected, P, L, X, V, A, unmarked } = countMarks(state);
        expect(P + L + X + V + A + unmarked).toBe(expected);
        if (draft.k !== "session.close") return;
        expect(draft.d.counts).toEqual(countMarks(state));
        expect(draft.d.ending === "abandoned" || unmarked === 0).toBe(true);
      });
    }),
    { numRuns: 400 },
  );
});

test("S5: a session never stands in a detour, nor anywhere outside its method", () => {
  fc.assert(
    fc.property(life, (one) => {
      const ids = new Set([...one.method.stages.map(({ id }) => id), "-"]);
      liveThrough(one, (state) => {
        expect(stageOf(state).detour).toBe(false);
        expect(ids.has(stageOf(state).id)).toBe(true);
      });
    }),
    { numRuns: 200 },
  );
});
