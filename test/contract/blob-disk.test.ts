import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { FakeBlobDisk } from "../../platform/fake/fake-blob-disk.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { blobDiskContract } from "./blob-disk.contract.ts";

const folders: string[] = [];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "one-room-blob-"));
  folders.push(path);
  return path;
}

afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

blobDiskContract("node", async () => ({ disk: new NodeBlobDisk(), root: await folder() }));
blobDiskContract("fake", async () => ({ disk: new FakeBlobDisk(), root: "/root" }));

test("B3: a link in a file's place is as good as none", async () => {
  const root = await folder();
  const disk = new NodeBlobDisk();
  await writeFile(join(root, "secret"), "secret");
  await symlink(join(root, "secret"), join(root, "link"));
  expect(await disk.stat(join(root, "link"))).toBeNull();
  expect(await disk.read(join(root, "link"))).toBeNull();
  expect(await disk.hash(join(root, "link"))).toBeNull();
  expect(await disk.list(root)).toEqual(["secret"]);
});
