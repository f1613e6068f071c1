/** Goal: what came before what is told by epoch and sequence, and by no clock. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type FakeMachine,
  makeFakeMachine,
  openFakeRegister,
} from "../support/open-fake-register.ts";
import { OPEN } from "../support/session-records.ts";

/** 1970, before any build, now, 2099: a clock may stand at any of them, and jump in mid-session. */
const wall = fc.constantFrom(0, 86_400_000, Date.UTC(2026, 2, 5), Date.UTC(2099, 11, 31));

const act = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "append" } as const) },
  { weight: 3, arbitrary: wall.map((unixMs) => ({ kind: "set", unixMs }) as const) },
  { weight: 1, arbitrary: wall.map((unixMs) => ({ kind: "reboot", unixMs }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "new-epoch" } as const) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** @returns the sessions in the order in which they were opened, oldest first */
async function live(machine: FakeMachine, acts: readonly Act[]): Promise<string[]> {
  const opened: string[] = [];
  let register = await openFakeRegister(machine);
  for (const what of acts) {
    if (what.kind === "append") {
      const { e, s } = await register.append({ k: "session.open", d: OPEN });
      opened.push(`${e}-${s}`);
    } else if (what.kind === "set") machine.clock.setWall(what.unixMs);
    else if (what.kind === "new-epoch") {
      const { epoch } = register;
      await register.beginNewEpoch({ why: "rollback", epoch, s: register.head().s + 1 });
    } else {
      await register.close();
      machine.clock.reboot(`boot-${opened.length}-${register.bootOrdinal}`, what.unixMs);
      register = await openFakeRegister(machine);
    }
  }
  await register.close();
  return opened;
}

test("sessions are in the order in which they were opened, whatever the clock said meanwhile", async () => {
  const lives = fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 16 }), async (acts) => {
    const machine = makeFakeMachine();
    const opened = await live(machine, acts);
    const { fold } = await openFakeRegister(machine);
    const told = fold.sessions().map(({ id }) => id);
    expect(told.reverse()).toEqual(opened);
  });
  await fc.assert(lives, { numRuns: 150 });
});
