/** Makes the three lessons that come with the project, from drawings and arithmetic alone. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packLesson } from "../lesson/pack.ts";
import { film, toPng } from "./film.ts";
import { fireStory } from "./fire.ts";
import { howToStory } from "./howto.ts";
import { compose, toWav } from "./music.ts";
import { riceStory } from "./rice.ts";
import { layOut, type Story, toMaterial, toWebVtt } from "./storyboard.ts";

export interface SamplesProgress {
  readonly lesson: string;
  readonly what: "film" | "pack" | "done";
}

export interface MakeSamplesOptions {
  /** Each lesson becomes a folder in it, named by the lesson's id. */
  readonly outDir: string;
  readonly onProgress?: (progress: SamplesProgress) => void;
  /** Only these lessons, by id; all when absent. */
  readonly only?: readonly string[];
}

const POSTER_WIDTH_PX = 640;

export const STORIES: readonly Story[] = [riceStory, howToStory, fireStory];

async function makeOne(story: Story, options: MakeSamplesOptions, workDir: string): Promise<void> {
  const tell = (what: SamplesProgress["what"]) =>
    options.onProgress?.({ lesson: story.title, what });
  const timeline = layOut(story);
  const at = (name: string) => join(workDir, `${story.id}-${name}`);
  const { id, number, title, category } = story;
  tell("film");
  await writeFile(at("music.wav"), toWav(compose(timeline.durationMs, story.music)));
  await film(timeline, at("music.wav"), at("film.mp4"));
  await writeFile(at("poster.png"), toPng(story.poster(), POSTER_WIDTH_PX));
  await writeFile(at("captions.vtt"), toWebVtt(timeline.captions));
  await writeFile(at("material.json"), `${JSON.stringify(toMaterial(story, timeline), null, 1)}\n`);
  await writeFile(at("lesson.json"), JSON.stringify({ id, version: 1, number, title, category }));
  tell("pack");
  const packed = await packLesson({
    videoFile: at("film.mp4"),
    materialFile: at("material.json"),
    captionsFile: at("captions.vtt"),
    posterFile: at("poster.png"),
    lessonFile: at("lesson.json"),
    outDir: at("package"),
  });
  if (!packed.ok) throw new Error(`${id}: ${packed.text}`);
  await replaceFolder(at("package"), join(options.outDir, id));
  tell("done");
}

/** The work folder may be on another disk, so it is a copy; the old package goes only now. */
async function replaceFolder(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
}

/** Needs ffmpeg with libx264 and libwebp on the path. */
export async function makeSamples(options: MakeSamplesOptions): Promise<void> {
  const workDir = await mkdtemp(join(tmpdir(), "one-room-samples-"));
  try {
    for (const story of STORIES) {
      if (options.only === undefined || options.only.includes(story.id)) {
        await makeOne(story, options, workDir);
      }
    }
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}
