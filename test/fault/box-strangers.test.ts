/**
 * Goal: what strangers send to the box's door, and folders that fail, hurt nothing and are told.
 */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { TestBox } from "../support/box.ts";
import { ROOT, startNode } from "../support/process.ts";

const ENDS_WITHIN_MS = 30_000;
const isRoot = process.getuid?.() === 0;

let box: TestBox;
let cookie = "";
beforeAll(async () => {
  box = await TestBox.make();
  await box.start();
  cookie = (await fetch(box.page)).headers.get("set-cookie")?.split(";")[0] ?? "";
});
afterAll(() => box?.remove());

/** `fetch` would not send a foreign Host. */
async function ask(path: string, headers: Record<string, string>): Promise<number> {
  const call = request({ host: "127.0.0.1", port: box.port, path, headers });
  call.end();
  const [answer] = await once(call, "response");
  answer.resume();
  return answer.statusCode;
}

async function linkStatus(headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${box.port}/link`, { headers });
  return new Promise((resolve) => {
    socket.on("open", () => {
      socket.terminate();
      resolve("open");
    });
    socket.on("unexpected-response", (_request, { statusCode }) => resolve(String(statusCode)));
    socket.on("error", () => resolve("refused"));
  });
}

const own = () => ({ cookie, origin: `http://127.0.0.1:${box.port}` });

test("without the token nothing is told, whatever is asked", async () => {
  for (const path of [
    "/",
    "/api/lessons",
    "/api/members",
    "/api/machine",
    "/l/rice-blast-2026/1/poster.webp",
  ]) {
    expect([401, 403], path).toContain(await ask(path, {}));
    expect([401, 403], path).toContain(
      await ask(path, { cookie: `orp-${box.port}=${"0".repeat(32)}` }),
    );
  }
  expect(await linkStatus({ origin: own().origin })).not.toBe("open");
});

test("a foreign Host or Origin is refused, also with the token", async () => {
  expect([400, 403, 421]).toContain(await ask("/api/members", { cookie, host: "evil.example" }));
  expect(await linkStatus({ cookie, origin: "http://evil.example" })).not.toBe("open");
  expect(await linkStatus(own())).toBe("open");
});

test("no path leads out of what is ours", async () => {
  for (const path of [
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/l/..%2f..%2fregister/1/x",
    "/l/a/b/../../../version",
  ]) {
    expect([400, 403, 404], path).toContain(await ask(path, { cookie }));
  }
});

test("garbage and oversized messages on the link end nothing but that link", async () => {
  for (const message of [
    "",
    "{",
    "null",
    '{"kind":"intent"}',
    '{"kind":"intent","id":"x","intent":{"kind":"close"}}',
    Buffer.from([0, 255, 1]),
    "x".repeat(200_000),
  ]) {
    const socket = new WebSocket(`ws://127.0.0.1:${box.port}/link`, { headers: own() });
    socket.on("error", () => {});
    await once(socket, "open");
    socket.send(message);
    // Answered, or closed: never silence.
    await Promise.race([once(socket, "message"), once(socket, "close")]);
    socket.terminate();
  }
  expect(await linkStatus(own())).toBe("open");
  expect(await ask("/api/lessons", { cookie })).toBe(200);
});

async function startRefused(
  data: string,
  port = "0",
): Promise<{ code: number | null; said: string }> {
  const program = startNode(["dist/box/box.mjs", "--data", data, "--port", port]);
  const timer = setTimeout(() => program.kill("SIGKILL"), ENDS_WITHIN_MS);
  const code = await program.ended;
  clearTimeout(timer);
  return { code, said: program.log() };
}

test("a port that is another's is told, and the folder is free again", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const data = mkdtempSync(join(tmpdir(), "one-room-port-"));
  const { code, said } = await startRefused(data, String(port));
  server.close();
  rmSync(data, { recursive: true, force: true });
  expect(said).toMatch(new RegExp(`端口 ${port} 不能用`));
  expect(code).toBe(1);
});

test("a folder in use is told, with who uses it", async () => {
  const { code, said } = await startRefused(box.data);
  expect(said).toMatch(/正在用|已经在|占用/);
  expect(code).toBe(1);
});

test("an enrolment file that cannot be read is told, and the box ends instead of hanging", async () => {
  const data = mkdtempSync(join(tmpdir(), "one-room-enrolment-"));
  writeFileSync(join(data, "county.json"), '{"box":');
  const { code, said } = await startRefused(data);
  rmSync(data, { recursive: true, force: true });
  expect(said).toMatch(/开通文件读不懂/);
  expect(code).toBe(1);
});

/** Root may write anywhere, so only a mount can refuse it; without the right to mount, no test. */
function mountSmall(options: string): string | null {
  const at = mkdtempSync(join(tmpdir(), "one-room-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", at], { stdio: "ignore" });
    return at;
  } catch {
    rmSync(at, { recursive: true, force: true });
    return null;
  }
}

function unmount(at: string): void {
  execFileSync("umount", ["-l", at]);
  rmSync(at, { recursive: true, force: true });
}

test.runIf(isRoot)(
  "a folder that can only be read, or is full, is told, and no stack is shown",
  async () => {
    for (const [options, words] of [
      ["ro,size=1m", /不能写这个文件夹/],
      ["size=4k,nr_inodes=3", /满了|没有空间|写不下/],
    ] as const) {
      const at = mountSmall(options);
      if (at === null) continue;
      const data = join(at, "data");
      if (!options.startsWith("ro")) mkdirSync(data);
      const { code, said } = await startRefused(data);
      unmount(at);
      expect(said, options).toMatch(words);
      expect(said).not.toMatch(/\n\s+at .*:\d+:\d+/);
      expect(code).toBe(1);
    }
  },
);

test("all that left the room as it was", async () => {
  expect(await ask("/api/sessions", { cookie })).toBe(200);
  expect(ROOT).not.toBe("");
});
