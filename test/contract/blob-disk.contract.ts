/** What every `BlobDisk` does: the promises B1 to B4 of the port. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";

export interface BlobDiskCase {
  readonly disk: BlobDisk;
  /** An empty folder of this test alone. */
  readonly root: string;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const digestOf = (text: string) => ({
  bytes: bytesOf(text).length,
  sha256: createHash("sha256").update(text).digest("hex"),
});

export function blobDiskContract(name: string, make: () => Promise<BlobDiskCase>): void {
  test(`${name}: what is written is read, measured and hashed as it was given`, async () => {
    const { disk, root } = await make();
    await disk.write(`${root}/a/b.txt`, bytesOf("稻"));
    expect(await disk.read(`${root}/a/b.txt`)).toEqual(expect.objectContaining({ length: 3 }));
    expect(await disk.stat(`${root}/a/b.txt`)).toMatchObject({ bytes: 3 });
    expect(await disk.hash(`${root}/a/b.txt`)).toEqual(digestOf("稻"));
  });

  test(`${name}: nothing is found where nothing is`, async () => {
    const { disk, root } = await make();
    expect(await disk.read(`${root}/none`)).toBeNull();
    expect(await disk.stat(`${root}/none/deeper`)).toBeNull();
    expect(await disk.hash(`${root}/none`)).toBeNull();
    expect(await disk.list(`${root}/none`)).toEqual([]);
    await disk.moveAside(`${root}/none`, `${root}/aside`);
    expect(await disk.list(root)).toEqual([]);
  });

  test(`${name}: files at any depth are listed in order`, async () => {
    const { disk, root } = await make();
    for (const path of ["z.txt", "a/c/d.txt", "a/b.txt"]) {
      await disk.write(`${root}/${path}`, bytesOf(path));
    }
    expect(await disk.list(root)).toEqual(["a/b.txt", "a/c/d.txt", "z.txt"]);
  });

  test(`${name}: B1: a copy that fits its hash appears whole, and alone`, async () => {
    const { disk, root } = await make();
    await disk.write(`${root}/from`, bytesOf("abc"));
    expect(await disk.copy(`${root}/from`, `${root}/in/to`, digestOf("abc"))).toEqual(
      digestOf("abc"),
    );
    expect(await disk.list(root)).toEqual(["from", "in/to"]);
    expect(await disk.hash(`${root}/in/to`)).toEqual(digestOf("abc"));
  });

  test(`${name}: B2: a copy that does not fit leaves the target as it was`, async () => {
    const { disk, root } = await make();
    await disk.write(`${root}/from`, bytesOf("abc"));
    await disk.write(`${root}/kept`, bytesOf("old"));
    const expected = digestOf("abd");
    expect(await disk.copy(`${root}/from`, `${root}/kept`, expected)).toEqual(digestOf("abc"));
    await disk.copy(`${root}/from`, `${root}/new`, expected);
    expect(await disk.list(root)).toEqual(["from", "kept"]);
    expect(await disk.hash(`${root}/kept`)).toEqual(digestOf("old"));
  });

  test(`${name}: copying what is not there is an error of storage`, async () => {
    const { disk, root } = await make();
    const copied = disk.copy(`${root}/none`, `${root}/to`, digestOf(""));
    await expect(copied).rejects.toMatchObject({ name: "StorageError", code: "io" });
    expect(await disk.list(root)).toEqual([]);
  });

  test(`${name}: the stamp changes when the file does, and only then`, async () => {
    const { disk, root } = await make();
    await disk.write(`${root}/a`, bytesOf("one"));
    const before = await disk.stat(`${root}/a`);
    expect(await disk.stat(`${root}/a`)).toEqual(before);
    await disk.write(`${root}/a`, bytesOf("two"));
    expect((await disk.stat(`${root}/a`))?.stamp).not.toBe(before?.stamp);
  });

  test(`${name}: B4: what is moved aside never replaces what was moved aside before`, async () => {
    const { disk, root } = await make();
    for (const text of ["first", "second"]) {
      await disk.write(`${root}/a`, bytesOf(text));
      await disk.moveAside(`${root}/a`, `${root}/aside`);
    }
    expect(await disk.list(root)).toEqual(["aside/a.1", "aside/a.2"]);
    expect(await disk.hash(`${root}/aside/a.1`)).toEqual(digestOf("first"));
  });
}
