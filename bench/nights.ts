/**
 * Boxes through a year of nights: the share of study days whose lesson was there in time, by habit
 * of power, beside what line, hours and disk allow on paper. No clock and no network: the decisions
 * are the box's own, the bytes imagined.
 * Two boxes at a time, each thread with the same catalogue.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import {
  type BoxReport,
  HABITS,
  makeBoxes,
  makeCatalogue,
  type SimBox,
  simulate,
} from "../test/support/night-sim.ts";
import { type Figure, round } from "./figure.ts";

const BOXES = 200;
const OPTIONS = { nights: 365, lessons: 2000, stepMinutes: 30 };
const SEED = 20_260_305;
const READY_MIN = 0.99;
const THREADS = 2;

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

/** Boxes that a thread is to go through. */
interface Job {
  readonly nights: readonly SimBox[];
}

function isJob(data: unknown): data is Job {
  return typeof data === "object" && data !== null && "nights" in data;
}

// The bench is one file, and its threads are that file again.
if (!isMainThread && isJob(workerData)) {
  const catalogue = makeCatalogue(OPTIONS.lessons);
  for (const box of workerData.nights) {
    parentPort?.postMessage(simulate(box, OPTIONS, catalogue));
  }
}

function simulateAll(boxes: readonly SimBox[]): Promise<BoxReport[]> {
  const reports: BoxReport[] = [];
  const threads = Array.from({ length: THREADS }, (_, thread) => {
    const nights = boxes.filter((__, at) => at % THREADS === thread);
    const worker = new Worker(new URL(import.meta.url), { workerData: { nights } });
    worker.on("message", (report: BoxReport) => {
      reports.push(report);
      if (reports.length % 20 === 0) console.error(`nights: ${reports.length} of ${BOXES} boxes`);
    });
    return new Promise<void>((resolve, reject) => {
      worker.once("error", reject);
      worker.once("exit", () => resolve());
    });
  });
  return Promise.all(threads).then(() => reports);
}

export async function run(): Promise<Figure[]> {
  const startedAt = performance.now();
  const reports = await simulateAll(makeBoxes(BOXES, SEED));
  console.error(`nights: ${round((performance.now() - startedAt) / 60_000, 1)} min`);
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
