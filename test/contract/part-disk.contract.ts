/** What every `PartDisk` does: the promises D1 to D5 of the port. */
import { expect, test } from "vitest";
import type { PartDisk } from "../../platform/ports/part-disk.ts";

export interface PartDiskCase {
  readonly disk: PartDisk;
  /** An empty folder of this test alone. */
  readonly root: string;
  /** Null when there is no such file. */
  read(path: string): Promise<string | null>;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function contentOf(disk: PartDisk, path: string): Promise<string> {
  const part = await disk.open(path);
  let text = "";
  await part.readThrough((piece) => {
    text += new TextDecoder().decode(piece);
  });
  await part.close();
  return text;
}

export function partDiskContract(name: string, make: () => Promise<PartDiskCase>): void {
  test(`${name}: D1: what is appended comes after what is there`, async () => {
    const { disk, root } = await make();
    const first = await disk.open(`${root}/part/a.part`);
    expect(first.bytes).toBe(0);
    await first.append(bytesOf("one "));
    await first.close();
    const second = await disk.open(`${root}/part/a.part`);
    expect(second.bytes).toBe(4);
    await second.append(bytesOf("two"));
    expect(second.bytes).toBe(7);
    await second.close();
    expect(await contentOf(disk, `${root}/part/a.part`)).toBe("one two");
  });

  test(`${name}: D2: a sync leaves everything as it is`, async () => {
    const { disk, root } = await make();
    const part = await disk.open(`${root}/a.part`);
    await part.append(bytesOf("abc"));
    await part.sync();
    await part.append(bytesOf("d"));
    await part.close();
    expect(await contentOf(disk, `${root}/a.part`)).toBe("abcd");
  });

  test(`${name}: D3: a closed handle does nothing any more`, async () => {
    const { disk, root } = await make();
    const part = await disk.open(`${root}/a.part`);
    await part.close();
    for (const act of [part.append(bytesOf("x")), part.sync(), part.commit(`${root}/b`)]) {
      await expect(act).rejects.toMatchObject({ name: "StorageError", code: "closed" });
    }
    await part.close();
  });

  test(`${name}: D4: a commit gives the part its name, and takes the old one away`, async () => {
    const { disk, root, read } = await make();
    const part = await disk.open(`${root}/part/a.part`);
    await part.append(bytesOf("whole"));
    await part.commit(`${root}/blobs/ab/abc`);
    expect(await read(`${root}/blobs/ab/abc`)).toBe("whole");
    expect(await read(`${root}/part/a.part`)).toBeNull();
  });

  test(`${name}: a part that is restarted is empty, and is filled again`, async () => {
    const { disk, root } = await make();
    const part = await disk.open(`${root}/a.part`);
    await part.append(bytesOf("wrong"));
    await part.restart();
    expect(part.bytes).toBe(0);
    await part.append(bytesOf("right"));
    await part.close();
    expect(await contentOf(disk, `${root}/a.part`)).toBe("right");
  });

  test(`${name}: a part that is removed is gone, and removing it again is no error`, async () => {
    const { disk, root, read } = await make();
    await (await disk.open(`${root}/a.part`)).close();
    await disk.remove(`${root}/a.part`);
    await disk.remove(`${root}/a.part`);
    expect(await read(`${root}/a.part`)).toBeNull();
  });
}
