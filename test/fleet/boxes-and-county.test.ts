/** Goal: real box services and a real county find each other, and again after either was killed. */
import { expect, test } from "vitest";
import type { BoxDetail, BoxLine, EpochLine } from "../../protocol/console-api.ts";
import { killCounty, type RunningCounty, samePorts, until } from "../fault/county-support.ts";
import { countyWorld } from "../fault/county-world.ts";

const BOXES = 3;
const world = countyWorld();
const { newFolder, startBox, enrol } = world;

/** `init`, `boot`, and the receipt for them. */
const FIRST_RECORDS = 3;

const isWhole = ({ upTo, head, gaps }: EpochLine) =>
  head >= FIRST_RECORDS && upTo === head && gaps.length === 0;

async function untilAllWell(running: RunningCounty): Promise<BoxDetail[]> {
  const lines = await until(
    () => running.get<BoxLine[]>("/api/boxes"),
    (all) =>
      all.length === BOXES &&
      all.every(({ link, state }) => link === "online" && state === "ready"),
  );
  return Promise.all(
    lines.map(({ id }) =>
      until(
        () => running.get<BoxDetail>(`/api/boxes/${id}`),
        ({ epochs, backlog }) => epochs.length > 0 && epochs.every(isWhole) && backlog === 0,
      ),
    ),
  );
}

test("boxes are enrolled while they run, and their journals arrive whole", async () => {
  const county = await world.county(newFolder());
  for (let index = 0; index < BOXES; index += 1) {
    const data = newFolder();
    const { boxId } = await startBox(data);
    await enrol(county, data, boxId);
  }
  const before = await untilAllWell(county);
  expect(before.map(({ conflicts }) => conflicts)).toEqual([0, 0, 0]);
  expect(before.every(({ software }) => software !== null)).toBe(true);

  const { data } = county;
  const ports = samePorts(county);
  await killCounty(county);
  const again = await world.county(data, ...ports);
  const after = await untilAllWell(again);
  // What the county told a box meanwhile, the time for one, may have become a record of its own.
  for (const [index, { epochs, conflicts }] of after.entries()) {
    const [was] = before[index]?.epochs ?? [];
    expect(conflicts).toBe(0);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([was?.epoch]);
    expect(epochs[0]?.upTo).toBeGreaterThanOrEqual(was?.upTo ?? 0);
  }
});

test("a box that was killed goes on with its journal where the county has it", async () => {
  const county = await world.county(newFolder());
  const data = newFolder();
  const first = await startBox(data);
  await enrol(county, data, first.boxId);
  const id = first.boxId;
  const wholeAt = (head: number) =>
    until(
      () => county.get<BoxDetail>(`/api/boxes/${id}`),
      ({ epochs }) => epochs.length > 0 && epochs.every(isWhole) && (epochs[0]?.head ?? 0) >= head,
    );
  const before = await wholeAt(1);
  first.program.kill("SIGKILL");
  await first.program.ended;
  await startBox(data);
  // Its start is a record of its own.
  const after = await wholeAt((before.epochs[0]?.head ?? 0) + 1);
  expect(after.epochs).toHaveLength(1);
  expect(after.conflicts).toBe(0);
});
