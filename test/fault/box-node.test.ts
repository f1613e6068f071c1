/** Goal: the box service runs on the oldest Node it may meet, and survives a kill on each. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { TestBox } from "../support/box.ts";
import { PageLink } from "../support/page-link.ts";
import { ROOT } from "../support/process.ts";

const ARCH = process.arch === "arm64" ? "arm64" : "x64";
const NODE_18 = join(ROOT, `.cache/node18/node_modules/node-linux-${ARCH}/bin/node`);
const NODES = [process.execPath, ...(existsSync(NODE_18) ? [NODE_18] : [])];

let box: TestBox | null = null;
afterEach(async () => {
  await box?.remove();
  box = null;
});

test("a Node 18 is there to be tested with", () => {
  expect(existsSync(NODE_18) || process.platform !== "linux").toBe(true);
});

test.each(NODES)("%s: a session is opened, marked, killed, and found again", async (node) => {
  box = await TestBox.make(node);
  await box.start();
  const link = await PageLink.open(box.page);
  link.say({ kind: "open-session", type: "study-day", lessons: ["rice-blast-2026"] });
  await link.until(({ session }) => session !== null);
  const [id = ""] = await link.memberIds();
  link.say({ kind: "mark", how: "call", marks: [[id, "P"]] });
  const before = await link.until(({ session }) => session?.counts.P === 1);
  link.close();
  await box.kill();
  await box.start();
  const again = await PageLink.open(box.page);
  const after = await again.until(({ session }) => session !== null);
  expect(after.session).toMatchObject({
    id: before.session?.id,
    at: before.session?.at,
    counts: before.session?.counts,
  });
  again.close();
});
