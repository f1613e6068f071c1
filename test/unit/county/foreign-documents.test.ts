/** Goal: a county, or who stands before it, that serves one box's document to another. */
import { expect, test } from "vitest";
import { FakeHttpClient } from "../../../platform/fake/fake-http-client.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { openEnvelope } from "../../../protocol/envelope.ts";
import type { BoxConfig, Enrolment } from "../../../protocol/generated/types.ts";
import { ConfigTaker } from "../../../src/county/config-taker.ts";
import type { CountyLinkOptions } from "../../../src/county/county-ports.ts";

const BOX = "aaaaaaaaaaaaaaaa";
const OTHER = "bbbbbbbbbbbbbbbb";
const utf8 = (text: string) => new TextEncoder().encode(text);
const MINE = utf8('{"members":["张三"]}');
const THEIRS = utf8('{"members":["李四"]}');

test("settings that the county signed for another box are not this box's", () => {
  const m = JSON.stringify({ box: OTHER, version: 1 });
  const text = JSON.stringify({ m, kid: "k1", sig: "A".repeat(86) });
  const check = (value: unknown): value is BoxConfig => typeof value === "object";
  const seal = { check, verify: () => true };
  expect(openEnvelope(text, { ...seal, boxId: BOX })).toEqual({ ok: false, why: "other-box" });
  expect(openEnvelope(text, { ...seal, boxId: OTHER })).toMatchObject({ ok: true });
});

test("another box's roster under the name of ours is not used; the right one is, later", async () => {
  const sha256 = nodeSha256.digest(MINE);
  const url = `http://county/b/${BOX}/doc/${sha256}`;
  const http = new FakeHttpClient();
  const logged: string[] = [];
  const taken: [string, Uint8Array][] = [];
  let isConfigTaken = false;
  const options = {
    ...{ http, sha256: nodeSha256, enrolment: { box: BOX, password: "p" } as Enrolment },
    settings: {
      sha256Of: () => null,
      takeDocument: async (kind: string, bytes: Uint8Array) => taken.push([kind, bytes]) > 0,
      takeConfig: async () => {
        isConfigTaken = true;
      },
    },
    random: { bytes: (count: number) => new Uint8Array(count) },
    log: (event: string) => logged.push(event),
  } as unknown as CountyLinkOptions;
  const config = {
    ...{ box: BOX, version: 2, docsUrl: "http://county", method: null, plan: null },
    roster: { sha256, bytes: MINE.length, version: 1 },
  } as unknown as BoxConfig;
  const taker = new ConfigTaker(options);

  http.answers.set(url, { kind: "ok", bytes: THEIRS });
  taker.take(config);
  await settle();
  expect(logged).toEqual(["document is not the one named"]);
  expect([taken, isConfigTaken]).toEqual([[], false]);

  http.answers.set(url, { kind: "ok", bytes: MINE });
  taker.take({ ...config });
  await settle();
  expect(taken).toEqual([["roster", MINE]]);
  expect(isConfigTaken).toBe(true);
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
