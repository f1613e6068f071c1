/** Goal: the box service runs on the oldest Node it may meet, and survives a kill on each. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { View } from "../../protocol/generated/types.ts";
import { TestBox } from "../support/box.ts";
import { ROOT } from "../support/process.ts";

const ARCH = process.arch === "arm64" ? "arm64" : "x64";
const NODE_18 = join(ROOT, `.cache/node18/node_modules/node-linux-${ARCH}/bin/node`);
const NODES = [process.execPath, ...(existsSync(NODE_18) ? [NODE_18] : [])];

let box: TestBox | null = null;
afterEach(async () => {
  await box?.remove();
  box = null;
});

/** One page's link: says intents, hears views and answers. */
class Link {
  readonly #socket: WebSocket;
  #view: View | null = null;
  #ids = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (text: Buffer) => {
      const message = JSON.parse(text.toString()) as { kind: string; view: View };
      if (message.kind === "view") this.#view = message.view;
    });
  }

  static async open(page: string): Promise<Link> {
    const url = new URL(page);
    const answer = await fetch(page);
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    const headers = { cookie, origin: url.origin };
    const link = new Link(new WebSocket(`ws://${url.host}/link`, { headers }));
    await link.until(() => true);
    return link;
  }

  async until(fits: (view: View) => boolean): Promise<View> {
    await expect
      .poll(() => this.#view !== null && fits(this.#view), { timeout: 20_000 })
      .toBe(true);
    return this.#view as View;
  }

  say(intent: object): void {
    this.#ids += 1;
    const id = `node-test-${this.#ids}-x`;
    this.#socket.send(JSON.stringify({ kind: "intent", id, intent }));
  }

  close(): void {
    this.#socket.terminate();
  }
}

test("a Node 18 is there to be tested with", () => {
  expect(existsSync(NODE_18) || process.platform !== "linux").toBe(true);
});

test.each(NODES)("%s: a session is opened, marked, killed, and found again", async (node) => {
  box = await TestBox.make(node);
  await box.start();
  const link = await Link.open(box.page);
  link.say({ kind: "open-session", type: "study-day", lessons: ["rice-blast-2026"] });
  await link.until(({ session }) => session !== null);
  const url = new URL(box.page);
  const cookie = (await fetch(box.page)).headers.get("set-cookie")?.split(";")[0] ?? "";
  const members = (await (
    await fetch(new URL("/api/members", url), { headers: { cookie } })
  ).json()) as { members: { id: string }[] };
  const id = members.members[0]?.id;
  link.say({ kind: "mark", how: "call", marks: [[id, "P"]] });
  const before = await link.until(({ session }) => session?.counts.P === 1);
  link.close();
  await box.kill();
  await box.start();
  const again = await Link.open(box.page);
  const after = await again.until(({ session }) => session !== null);
  expect(after.session).toMatchObject({
    id: before.session?.id,
    at: before.session?.at,
    counts: before.session?.counts,
  });
  again.close();
});
