/** Goal: a film of three hours, which is long and allowed. Method: an ffmpeg that only says so. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLesson } from "../../../console/supply/lesson/check.ts";
import { packLesson } from "../../../console/supply/lesson/pack.ts";

const folder = mkdtempSync(join(tmpdir(), "one-room-long-"));
const at = (name: string) => join(folder, name);
const before = process.env["PATH"];

const PROBE = `#!/bin/sh
echo '{"streams":[{"codec_type":"video"},{"codec_type":"audio"}],"format":{"duration":"10800.0"}}'
`;
/** What is asked last says what is wanted: a part, the loudness, a poster, or the joined film. */
const FFMPEG = `#!/bin/sh
for last; do :; done
case $last in
pipe:1) printf part; echo "frame= 1500 time=00:01:00.00" >&2 ;;
-) echo '{"input_i":"-20","input_tp":"-3","input_lra":"5","input_thresh":"-30","target_offset":"0"}' >&2 ;;
*.m3u8)
  dir=\${last%/*}; printf init > $dir/init.mp4
  { echo "#EXTM3U"; echo '#EXT-X-MAP:URI="init.mp4"'
    n=0; while [ $n -lt 1800 ]; do
      printf $n > $dir/seg-$n.m4s; echo "#EXTINF:6.0,"; echo seg-$n.m4s; n=$((n + 1))
    done; echo "#EXT-X-ENDLIST"; } > $last ;;
*) printf poster > $last ;;
esac
`;

beforeAll(() => {
  mkdirSync(at("bin"));
  for (const [name, text] of [
    ["ffprobe", PROBE],
    ["ffmpeg", FFMPEG],
  ] as const) {
    writeFileSync(at(`bin/${name}`), text);
    chmodSync(at(`bin/${name}`), 0o755);
  }
  process.env["PATH"] = `${at("bin")}:${before}`;
  writeFileSync(at("film.mp4"), "three hours");
  writeFileSync(at("material.json"), '{"schema":"one-room.material/1"}');
  const facts = { id: "long", version: 1, title: "长片", category: "实用技术", number: "9003" };
  writeFileSync(at("lesson.json"), JSON.stringify(facts));
});

afterAll(() => {
  process.env["PATH"] = before;
  rmSync(folder, { recursive: true, force: true });
});

test("three hours are 180 parts, and a package within its limits that the check finds whole", async () => {
  const done: number[] = [];
  const packed = await packLesson({
    ...{ videoFile: at("film.mp4"), materialFile: at("material.json") },
    ...{ lessonFile: at("lesson.json"), outDir: at("out") },
    onProgress: (progress) => done.push(progress.done),
  });
  expect(packed).toMatchObject({ ok: true, manifest: { durationMs: 10_800_000 } });
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(new Set(done).size).toBeGreaterThan(180);
  const findings = await checkLesson(at("out"), { withoutFilm: true });
  expect(findings.filter(({ level }) => level === "error")).toEqual([]);
});
