/**
 * Goal: whatever the network loses, doubles or reorders, and whichever side forgets, the county
 * ends up holding every record once. Method: the program's own decisions in every state of a
 * bounded world, breadth first; and the same checker must find what known-bad rules lose.
 */
import { expect, test } from "vitest";
import { Explorer, type Findings } from "./outbox/explore.ts";
import { KNOWN_BAD, OURS, type Rules } from "./outbox/rules.ts";
import { type Bounds, Model } from "./outbox/world.ts";

const QUIET: Bounds = {
  records: 1,
  writes: 1,
  up: 1,
  down: 1,
  crashes: 0,
  restores: 0,
  rollbacks: 0,
};
const RESTORED: Bounds = { ...QUIET, down: 2, restores: 1 };
const ROLLED_BACK: Bounds = { ...QUIET, records: 2, rollbacks: 1 };

/** Seconds on an idle machine; many minutes of others' work must not make it red. */
const TIME_MS = 240_000;

function explore(rules: Rules, bounds: Bounds, enough: boolean): Findings {
  const found = new Explorer(new Model(rules, bounds)).explore(enough);
  // The figures are part of the proof: a model that sees little proves little.
  process.stdout.write(`outbox model ${JSON.stringify({ ...bounds, ...found })}\n`);
  return found;
}

const WORLDS: readonly [string, Bounds][] = [
  ["two batches on their way, the county crashes", { ...QUIET, up: 2, down: 2, crashes: 1 }],
  ["the county is restored from a backup", { ...RESTORED, up: 2 }],
  ["the box is rolled back, and uses numbers again", ROLLED_BACK],
];

test.each(WORLDS)(
  "S3, S6 to S9: nothing is lost, doubled or stuck when %s",
  (_name, bounds) => {
    const found = explore(OURS, bounds, false);
    expect(found).toMatchObject({ losing: 0, doubling: 0, stuck: 0 });
    expect(found.settled).toBeGreaterThan(1);
  },
  TIME_MS,
);

const LOSES_WHEN: Readonly<Record<string, Bounds>> = {
  "the cursor moves on PUBACK": QUIET,
  "the cursor only moves forward": RESTORED,
  "what is acknowledged is pruned": RESTORED,
  "duplicates by (epoch, seq) are ignored": ROLLED_BACK,
  "a new epoch only when the county is ahead": ROLLED_BACK,
  "a word of the county before its restore is believed": RESTORED,
};

test.each(Object.entries(KNOWN_BAD))(
  "the checker sees what is lost when %s",
  (name, rules) => {
    const bounds = LOSES_WHEN[name] ?? QUIET;
    const { losing, stuck } = explore(rules, bounds, true);
    expect(losing + stuck).toBeGreaterThan(0);
  },
  TIME_MS,
);
