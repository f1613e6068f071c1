/**
 * Goal: the box asks the county for what it has lost, for nothing else, and believes nothing.
 * Method: a real register over a fake disk, and a county that is a table of answers.
 */
import { expect, test } from "vitest";
import { FakeHttpClient } from "../../../platform/fake/fake-http-client.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import type { Enrolment } from "../../../protocol/generated/types.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import { GapAsker } from "../../../src/county/gap-asker.ts";
import type { Register } from "../../../src/register/register.ts";
import { allOf, makeGappedJournal } from "../../support/gapped-journal.ts";
import { type FakeMachine, openFakeRegister } from "../../support/open-fake-register.ts";

const DOCS = "http://county.test/";

function askerOf(register: Register, http: FakeHttpClient) {
  const events: string[] = [];
  let told: () => void = () => {};
  const asker = new GapAsker({
    register,
    http,
    enrolment: { box: register.boxId, password: "secret" } as Enrolment,
    log: (event) => {
      events.push(event);
      told();
    },
    onFilled: () => events.push("filled"),
  });
  const until = async (fits: () => boolean) => {
    while (!fits()) {
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
  };
  return { asker, events, until };
}

const answerOf = (records: readonly StoredRecord[]) => ({
  kind: "ok" as const,
  bytes: new TextEncoder().encode(
    records.map(({ s, h, json }) => `${JSON.stringify({ s, h, p: json })}\n`).join(""),
  ),
});

const filesOf = ({ disk }: FakeMachine) =>
  [...disk.files].map(([path, bytes]) => `${path} ${nodeSha256.digest(bytes)}`);

function urlOf(register: Register, epoch: string, from: number, to: number): string {
  return `http://county.test/b/${register.boxId}/rec/${epoch}?from=${from}&to=${to}`;
}

test("exactly what is missing is asked for, with the box's credential, and closes the gap", async () => {
  const { machine, records, epoch } = await makeGappedJournal([5, 6, 9]);
  const register = await openFakeRegister(machine);
  const http = new FakeHttpClient();
  http.answers.set(urlOf(register, epoch, 5, 6), answerOf(records.slice(4, 6)));
  http.answers.set(urlOf(register, epoch, 9, 9), answerOf(records.slice(8, 9)));
  const { asker, events, until } = askerOf(register, http);
  asker.hear(DOCS);
  await until(() => events.filter((event) => event === "gap filled").length === 2);
  asker.stop();
  expect(await allOf(register, epoch)).toEqual(records);
  expect(http.asked.map(({ credential }) => credential)).toEqual(
    Array(2).fill({ user: register.boxId, password: "secret" }),
  );
});

test("a long gap is asked for in ranges of 200", async () => {
  const lost = Array.from({ length: 450 }, (_, index) => index + 4);
  const { machine, records, epoch } = await makeGappedJournal(lost, 470);
  const register = await openFakeRegister(machine);
  const http = new FakeHttpClient();
  for (const [from, to] of [
    [4, 203],
    [204, 403],
    [404, 453],
  ] as const) {
    http.answers.set(urlOf(register, epoch, from, to), answerOf(records.slice(from - 1, to)));
  }
  const { asker, events, until } = askerOf(register, http);
  asker.hear(DOCS);
  await until(() => events.includes("gap filled"));
  asker.stop();
  expect(http.asked).toHaveLength(3);
  expect(await allOf(register, epoch)).toEqual(records);
});

test("a county that lacks them, lies, or does not answer changes nothing", async () => {
  const { machine, records, epoch } = await makeGappedJournal([5]);
  const register = await openFakeRegister(machine);
  const before = filesOf(machine);
  const [, , , , honest] = records;
  if (honest === undefined) throw new Error("a fifth record");
  const lie = { ...honest, json: honest.json.replace("f5", "g5") };
  const nonsense = { kind: "ok" as const, bytes: new TextEncoder().encode("5\nnull\n{}\n{") };
  for (const [answer, word] of [
    [answerOf([]), "gap stays"],
    [answerOf([lie]), "gap stays"],
    [nonsense, "gap stays"],
    [{ kind: "refused" as const, status: 401 }, "not fetched"],
  ] as const) {
    const http = new FakeHttpClient();
    http.answers.set(urlOf(register, epoch, 5, 5), answer);
    const { asker, events, until } = askerOf(register, http);
    asker.hear(DOCS);
    await until(() => events.includes(word));
    asker.stop();
    expect(events).toEqual([word]);
    expect(filesOf(machine)).toEqual(before);
  }
});

test("a journal without a gap asks for nothing", async () => {
  const { machine } = await makeGappedJournal([]);
  const http = new FakeHttpClient();
  const { asker } = askerOf(await openFakeRegister(machine), http);
  asker.hear(DOCS);
  expect(http.asked).toEqual([]);
});
