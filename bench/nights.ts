/**
 * Boxes through a year of nights: the share of study days whose lesson was there in time, by habit
 * of power, beside what line, hours and disk allow on paper. No clock and no network: the decisions
 * are the box's own, the bytes imagined.
 */
import {
  type BoxReport,
  HABITS,
  makeBoxes,
  makeCatalogue,
  simulate,
} from "../test/support/night-sim.ts";
import { type Figure, round } from "./figure.ts";

const BOXES = 200;
const OPTIONS = { nights: 365, lessons: 2000, stepMinutes: 30 };
const SEED = 20_260_305;
const READY_MIN = 0.99;

const sum = (reports: readonly BoxReport[], pick: (report: BoxReport) => number) =>
  reports.reduce((total, report) => total + pick(report), 0);

function figureOf(name: string, reports: readonly BoxReport[]): Figure {
  const [days, ready] = [sum(reports, (r) => r.studyDays), sum(reports, (r) => r.ready)];
  const possible = sum(reports, (r) => r.possible);
  const share = possible === 0 ? 1 : sum(reports, (r) => r.possibleReady) / possible;
  return {
    name: `study days with their lesson, ${name}`,
    value: round((100 * ready) / days, 1),
    unit: "%",
    comparedWith: `${round((100 * possible) / days, 1)} % are possible on paper; of those ${round(100 * share, 2)} %`,
    target: `≥ ${100 * READY_MIN} % of what is possible`,
    met: share >= READY_MIN,
  };
}

export async function run(): Promise<Figure[]> {
  const catalogue = makeCatalogue(OPTIONS.lessons);
  const reports: BoxReport[] = [];
  for (const box of makeBoxes(BOXES, SEED)) {
    reports.push(simulate(box, OPTIONS, catalogue));
    if (reports.length % 20 === 0) console.error(`nights: ${reports.length} of ${BOXES} boxes`);
  }
  for (const { box, possible, possibleReady } of reports) {
    if (possibleReady < possible) {
      console.error(`late ${possible - possibleReady} of ${possible}: ${JSON.stringify(box)}`);
    }
  }
  const faults = reports.flatMap((report) => report.faults);
  for (const fault of faults.slice(0, 5)) console.error(fault);
  return [
    ...HABITS.map((habit) =>
      figureOf(
        habit,
        reports.filter(({ box }) => box.habit === habit),
      ),
    ),
    {
      name: "faults in all nights",
      value: faults.length,
      unit: "",
      comparedWith: "a disk overfull, a lesson of the next study days evicted",
      target: "0",
      met: faults.length === 0,
    },
  ];
}
