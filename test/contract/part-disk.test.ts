import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { FakePartDisk } from "../../platform/fake/fake-part-disk.ts";
import { NodePartDisk } from "../../platform/node/node-part-disk.ts";
import { partDiskContract } from "./part-disk.contract.ts";

const folders: string[] = [];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "one-room-part-"));
  folders.push(path);
  return path;
}

afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

const read = (path: string) => readFile(path, "utf8").catch(() => null);

partDiskContract("node", async () => ({ disk: new NodePartDisk(), root: await folder(), read }));
partDiskContract("fake", async () => {
  const disk = new FakePartDisk();
  const text = async (path: string) => {
    const bytes = disk.files.get(path);
    return bytes === undefined ? null : new TextDecoder().decode(bytes);
  };
  return { disk, root: "/root", read: text };
});

test("D5: a link in a part's place is never written through", async () => {
  const root = await folder();
  await writeFile(join(root, "precious"), "precious");
  await symlink(join(root, "precious"), join(root, "a.part"));
  const opened = new NodePartDisk().open(join(root, "a.part"));
  await expect(opened).rejects.toMatchObject({ name: "StorageError", code: "io" });
  expect(await read(join(root, "precious"))).toBe("precious");
});

test("D3: a sync that fails leaves no part, and a full disk leaves it", async () => {
  const disk = new FakePartDisk();
  const part = await disk.open("/a.part");
  await part.append(new Uint8Array(3));
  disk.plan({ at: 1, kind: "io" });
  await expect(part.sync()).rejects.toMatchObject({ code: "io" });
  await expect(part.append(new Uint8Array(1))).rejects.toMatchObject({ code: "closed" });
  expect(disk.files.has("/a.part")).toBe(false);
  const other = await disk.open("/b.part");
  await other.append(new Uint8Array(3));
  disk.plan({ at: 1, kind: "no-space" });
  await expect(other.append(new Uint8Array(1))).rejects.toMatchObject({ code: "no-space" });
  expect(disk.files.get("/b.part")).toHaveLength(3);
});
