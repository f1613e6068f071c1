import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { lockFolder } from "../../platform/node/node-folder-lock.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "one-room-lock-"));
  folders.push(folder);
  return folder;
}

/** The parent of this test process lives, and is not us. */
const OTHER_PID = process.ppid;

function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

const stateOf = (pid: number) => statOf(pid)[0];
const ticksOf = (pid: number) => Number(statOf(pid)[19]);

test("a folder that a living process holds is refused, and the holder named", () => {
  const folder = makeFolder();
  const holder = { pid: OTHER_PID, bootId: "this-boot", startTicks: ticksOf(OTHER_PID) };
  writeFileSync(join(folder, "lock"), JSON.stringify(holder));
  expect(lockFolder(folder, "this-boot")).toEqual({ ok: false, holder });
});

test("a lock of an earlier boot is taken over", () => {
  const folder = makeFolder();
  const holder = { pid: OTHER_PID, bootId: "last-boot", startTicks: ticksOf(OTHER_PID) };
  writeFileSync(join(folder, "lock"), JSON.stringify(holder));
  expect(lockFolder(folder, "this-boot").ok).toBe(true);
});

test("a lock whose pid was given to another process is taken over", () => {
  const folder = makeFolder();
  const holder = { pid: OTHER_PID, bootId: "this-boot", startTicks: 1 };
  writeFileSync(join(folder, "lock"), JSON.stringify(holder));
  expect(lockFolder(folder, "this-boot").ok).toBe(true);
});

test("a lock that the power cut off is taken over", () => {
  const folder = makeFolder();
  writeFileSync(join(folder, "lock"), '{"pid":12');
  expect(lockFolder(folder, "this-boot").ok).toBe(true);
});

test("a lock whose holder has ended, though its parent never asked, is taken over", async () => {
  const folder = makeFolder();
  // The shell becomes `sleep`, which never asks for the exit code of the shell's child.
  const parent = spawn("sh", ["-c", "sh -c 'echo $$' & exec sleep 30"]);
  try {
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    await vi.waitFor(() => expect(stateOf(pid)).toBe("Z"), { timeout: 5000 });
    const holder = { pid, bootId: "this-boot", startTicks: ticksOf(pid) };
    writeFileSync(join(folder, "lock"), JSON.stringify(holder));
    expect(lockFolder(folder, "this-boot").ok).toBe(true);
  } finally {
    parent.kill("SIGKILL");
  }
});

test("a released lock can be taken again", () => {
  const folder = makeFolder();
  const first = lockFolder(folder, "this-boot");
  if (!first.ok) throw new Error("not locked");
  first.release();
  expect(lockFolder(folder, "this-boot").ok).toBe(true);
});
