/**
 * Goal: a started box, enrolled and with its second copy on another volume, says in words that the
 * stick was pulled, loses nothing, and makes it whole again when it is back; also over a kill. The
 * box's own process, real folders; its county does not answer.
 */
import { generateKeyPairSync } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { Enrolment, Intent, View } from "../../protocol/generated/types.ts";
import { verifyRegister } from "../../src/register/read-register.ts";
import { TestBox } from "../support/box.ts";
import { PageLink } from "../support/page-link.ts";

const BOX_ID = "aaaabbbbccccdddd";
const NO_STICK = "记录少了一份备份，照常上课。请把备份盘插好，或报告县里。";

let root = "";
let box: TestBox | null = null;
afterEach(async () => {
  await box?.remove();
  box = null;
  rmSync(root, { recursive: true, force: true });
});

/** Of a county that nobody can reach: nothing listens on port 1. */
function enrolment(): Enrolment {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return {
    schema: "one-room.enrolment/1",
    box: BOX_ID,
    password: "p".repeat(43),
    broker: "mqtt://127.0.0.1:1",
    console: "http://127.0.0.1:1",
    keys: [{ kid: "c1", pem }],
  };
}

async function openPage(): Promise<PageLink> {
  return PageLink.open(box?.page ?? "");
}

const isTold = ({ banners }: View) => banners.some(({ text }) => text === NO_STICK);

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.startsWith("j-"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("an enrolled box with its second copy on a stick: pulled, killed, and put back", async () => {
  root = mkdtempSync(join(tmpdir(), "one-room-stick-"));
  const [volume, pulled] = [join(root, "stick"), join(root, "pulled")];
  mkdirSync(volume);
  box = await TestBox.makeBare("--mirror", volume);
  writeFileSync(join(box.data, "county.json"), JSON.stringify(enrolment()), { mode: 0o600 });
  await box.start();
  expect(box.boxId).toBe(BOX_ID);
  let link = await openPage();
  const open = { kind: "open-session", type: "branch-committee", lessons: [] } as Intent;
  expect(await link.ask("open-on-stick", open)).toMatchObject({ ok: true });
  await link.until(({ session }) => session !== null);
  const [one = "", two = "", three = ""] = await link.memberIds();
  const mark = (id: string): Intent => ({ kind: "mark", how: "call", marks: [[id, "P"]] });
  link.say(mark(one));
  await link.until((view) => view.session?.counts.P === 1 && !isTold(view));
  renameSync(volume, pulled);
  expect(await link.ask("mark-without-stick", mark(two))).toMatchObject({ ok: true });
  await link.until((view) => view.session?.counts.P === 2 && isTold(view));
  link.close();
  await box.kill();
  await box.start();
  link = await openPage();
  await link.until((view) => view.session?.counts.P === 2 && isTold(view));
  renameSync(pulled, volume);
  await link.until((view) => !isTold(view));
  expect(await link.ask("mark-with-stick", mark(three))).toMatchObject({ ok: true });
  expect(await link.ask("close-with-stick", { kind: "abandon" })).toMatchObject({ ok: true });
  link.close();
  await box.stop();
  expect(filesIn(join(volume, "register/B"))).toEqual(filesIn(join(box.data, "register/A")));
  const { damage, boxId } = await verifyRegister({
    ...{ disk: new NodeDisk(box.data), folder: "register", sha256: nodeSha256 },
    mirror: new NodeDisk(volume),
  });
  expect({ damage, boxId }).toEqual({ damage: [], boxId: BOX_ID });
});
