/**
 * Goal: whatever a power cut leaves of what was not synced, nothing acknowledged is lost, nothing
 * half-written is taken, and recovery may be begun again. Method: a disk with a write list, cut
 * before every call of the operating system.
 */
import { expect, test } from "vitest";
import { cutStates } from "../support/power-cuts.ts";

/** `npm run fault -- cuts` asks for a million. */
const STATES = Number(process.env["ONE_ROOM_FAULT_COUNT"] ?? 50_000);
const SEED = Number(process.env["ONE_ROOM_SEED"] ?? 20_261_125);

test(
  `J4: ${STATES} states that a power cut may leave lose nothing (seed ${SEED})`,
  async () => {
    const found = await cutStates({ seed: SEED, states: STATES, faults: 0 });
    expect(found.failures.slice(0, 3)).toEqual([]);
    expect(found.states).toBeGreaterThanOrEqual(STATES);
  },
  Math.max(600_000, STATES * 20),
);
