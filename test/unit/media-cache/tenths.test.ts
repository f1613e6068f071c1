import { expect, test } from "vitest";
import { openLibrary } from "../../../media-cache/open-library.ts";
import { FakeBlobDisk } from "../../../platform/fake/fake-blob-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { toLessonCard } from "../../../src/room/lesson-card.ts";
import { stateWords } from "../../../src/tv/parts/words.ts";
import { blobOf, CACHE, putPackage } from "./lesson-package.ts";

test("of a lesson that is on its way the tenths that are here are told, down to none", async () => {
  const disk = new FakeBlobDisk();
  const { manifest, folder, sha256 } = putPackage(disk, {
    files: { "video/seg-000.m4s": "x".repeat(3500), "video/seg-001.m4s": "y".repeat(6000) },
  });
  const words = async (...paths: string[]) => {
    for (const path of paths) {
      disk.files.set(
        blobOf(manifest, path),
        disk.files.get(`${folder}/${path}`) ?? new Uint8Array(0),
      );
    }
    const options = { disk, sha256: nodeSha256, cacheDir: CACHE, isSupplied: () => true };
    const library = await openLibrary(options);
    const entry = library.find("rice");
    return entry === undefined ? "" : stateWords(toLessonCard(entry));
  };
  disk.files.set(
    `${CACHE}/manifests/${sha256}.json`,
    disk.files.get(`${folder}/manifest.json`) ?? new Uint8Array(0),
  );
  expect(await words()).toBe("今晚下载");
  expect(await words("poster.webp")).toBe("正在下载");
  expect(await words("video/seg-000.m4s")).toBe("正在下载三成");
  expect(await words("video/seg-001.m4s", "material.json", "video/index.m3u8")).toBe(
    "正在下载九成",
  );
  expect(await words("video/init.mp4")).toBe("可播放");
});
