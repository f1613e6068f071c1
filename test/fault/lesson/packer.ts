/** Packs a lesson in short parts and says how far it is; killed from outside at any moment. */
import { packLesson } from "../../../console/supply/lesson/pack.ts";

const [videoFile = "", materialFile = "", lessonFile = "", outDir = ""] = process.argv.slice(2);

const result = await packLesson({
  ...{ videoFile, materialFile, lessonFile, outDir, partSeconds: 6 },
  onResume: () => process.stdout.write("resumed\n"),
  onProgress: ({ phase, done }) => process.stdout.write(`${phase} ${done}\n`),
});
process.exitCode = result.ok ? 0 : 1;
