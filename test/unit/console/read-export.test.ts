/** Goal: of an export only records that follow from the first one on are taken, all or none. */
import { expect, test } from "vitest";
import { readExport } from "../../../console/server/import/read-export.ts";
import { journalChain } from "../../../console/server/ingest/chain.ts";
import { BOX, EPOCH, filledJournal } from "./journal.ts";

const HEAD = JSON.stringify({ schema: "one-room.register-export/1", boxId: BOX });
const lines = (count: number) =>
  filledJournal(count).records.map(({ s, h, p }) => JSON.stringify({ e: EPOCH, s, h, json: p }));
const read = (box: string, ...all: string[]) =>
  readExport(box, [HEAD, ...all, ""].join("\n"), journalChain);

test("a long journal comes in batches, each hanging on the one before", () => {
  const batches = read(BOX, ...lines(1001));
  expect(batches?.map(({ records }) => records.length)).toEqual([1000, 1]);
  expect(batches?.[1]?.prev).toBe(batches?.[0]?.records[999]?.h);
});

test("an export without records is whole", () => {
  expect(read(BOX)).toEqual([]);
});

test.each([
  ["a record is missing", (all: string[]) => all.filter((_, at) => at !== 1)],
  ["the first record is missing", (all: string[]) => all.slice(1)],
  ["two are swapped", ([a = "", b = "", ...rest]: string[]) => [b, a, ...rest]],
  ["one comes twice", ([a = "", ...rest]: string[]) => [a, a, ...rest]],
  ["a word is altered", ([a = "", ...rest]: string[]) => [a.replace("第1条", "第2条"), ...rest]],
  ["a line is no JSON", (all: string[]) => [...all, "{"]],
])("nothing is taken when %s", (_what, alter) => {
  expect(read(BOX, ...alter(lines(3)))).toBeNull();
});

test("another box's records are not taken under this name", () => {
  expect(read("z".repeat(16), ...lines(3))).toBeNull();
});
