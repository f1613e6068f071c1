/** Imports a lesson and says each file that is in; killed from outside at any moment. */
import { importLesson } from "../../../media-cache/import-lesson.ts";
import { NodeBlobDisk } from "../../../platform/node/node-blob-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";

const [packageDir = "", cacheDir = ""] = process.argv.slice(2);

const result = await importLesson({
  ...{ disk: new NodeBlobDisk(), sha256: nodeSha256, packageDir, cacheDir },
  onProgress: ({ doneBytes }) => process.stdout.write(`${doneBytes}\n`),
});
process.exitCode = result.ok ? 0 : 1;
