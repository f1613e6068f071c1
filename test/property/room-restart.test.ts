/**
 * Goal: a restart at any moment shows the session as it was, and the page's numbers are those of
 * the register. Method: press anything on a room over a real register, and cut the power at will.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Intent, View } from "../../protocol/generated/types.ts";
import { type FakeRoom, makeRoster, startRoom } from "../support/fake-room.ts";
import { explained } from "../support/lessons.ts";

const MEMBERS = makeRoster(3).members.map(({ id }) => id);
const status = fc.constantFrom("P", "L", "V", "A");
const cue = fc.integer({ min: -1, max: 2 });
const atMs = fc.nat(120_000);

type Press = Intent | { readonly kind: "play-on" } | { readonly kind: "power-cut" };

const press = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "advance", from: -1 }) },
  { weight: 2, arbitrary: fc.constantFrom({ kind: "play-on" }, { kind: "power-cut" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("mark"),
      how: fc.constant("call"),
      marks: fc.tuple(...MEMBERS.map((id) => fc.tuple(fc.constant(id), status))),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.constantFrom("pause", "resume", "close", "leave-closed").map((kind) => ({ kind })),
      fc.constant({ kind: "retreat", from: -1 }),
      fc.constant({ kind: "open-session", type: "study-day", lessons: ["rice", "fire"] }),
      fc.record({ kind: fc.constant("cue-reached"), cue, atMs }),
      cue.map((at) => explained(at)),
      fc.record({ kind: fc.constant("film-ended"), from: fc.constant(-1), atMs }),
      fc.record({ kind: fc.constant("seek"), toMs: atMs }),
      fc.record({ kind: fc.constant("play"), playing: fc.boolean(), atMs }),
      fc.record({ kind: fc.constant("turn"), card: fc.nat(4) }),
    ),
  },
) as unknown as fc.Arbitrary<Press>;

/** What must be the same after a restart: all but the film's second, which may be 3 s older. */
function lasting({ session, home }: View) {
  const { film: _film, ...rest } = session ?? { film: null };
  const resume = home.resume === null ? null : { ...home.resume, atMs: null };
  return { session: session === null ? null : rest, resume };
}

async function restart(fake: FakeRoom): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  const before = fake.view;
  await fake.start();
  // A closed session was seen: after a restart the screen is the home screen.
  const closed = before.session?.closed != null;
  expect(lasting(fake.view)).toEqual(closed ? { session: null, resume: null } : lasting(before));
}

async function act(fake: FakeRoom, pressed: Press): Promise<void> {
  const { session } = fake.view;
  if (pressed.kind === "power-cut") return restart(fake);
  if (pressed.kind === "play-on") return session?.film ? fake.play(4) : undefined;
  const here = "from" in pressed ? { ...pressed, from: session?.at ?? 0 } : pressed;
  await fake.do(here);
}

function checkNumbers(fake: FakeRoom): void {
  const { session } = fake.view;
  if (session === null) return;
  const register = fake.register.fold.session(session.id);
  expect(register).toMatchObject({ counts: session.counts, heads: session.heads });
  const viewing = register?.viewing ?? [];
  for (const { spans } of viewing) {
    for (const [from, to] of spans) expect(to).toBeGreaterThan(from);
  }
  expect(session.closed === null).toBe(register?.ending === null);
}

test("whatever is pressed and whenever the power goes, screen and register say the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(press, { maxLength: 40 }), async (presses) => {
      const fake = await startRoom();
      await fake.do({ kind: "open-session", type: "study-day", lessons: ["rice", "fire"] });
      for (const pressed of presses) {
        await act(fake, pressed);
        checkNumbers(fake);
      }
      await restart(fake);
    }),
    { numRuns: 60 },
  );
});
