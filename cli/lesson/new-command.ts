/** `lesson new`. */
import { newLesson } from "../../console/supply/lesson/new-lesson.ts";
import { sayingErrors } from "./say-error.ts";

export function newCommand(folder: string): Promise<void> {
  return sayingErrors(async () => {
    const made = await newLesson(folder);
    if (!made) {
      process.stderr.write(`这个文件夹里已有东西，请换一个空的：${folder}\n`);
      process.exitCode = 1;
      return;
    }
    process.stdout.write(`课件的样板在 ${folder}。先看里面的 怎么填.md。\n`);
  });
}
