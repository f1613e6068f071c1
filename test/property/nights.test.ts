/** Ten boxes through thirty nights: what line, hours and disk allow on paper is there in time. */
import { expect, test } from "vitest";
import { makeBoxes, makeCatalogue, simulate } from "../support/night-sim.ts";

const OPTIONS = { nights: 30, lessons: 160, stepMinutes: 10 };
const SEED = 20_260_305;

test("ten boxes, thirty nights: every study day that is possible on paper has its lesson", () => {
  const catalogue = makeCatalogue(OPTIONS.lessons);
  const reports = makeBoxes(10, SEED).map((box) => simulate(box, OPTIONS, catalogue));
  const late = reports.filter(({ possible, possibleReady }) => possibleReady < possible);
  expect(late, `seed ${SEED}`).toEqual([]);
  expect(reports.flatMap(({ faults }) => faults)).toEqual([]);
  expect(reports.reduce((sum, { possible }) => sum + possible, 0)).toBeGreaterThan(10);
});
