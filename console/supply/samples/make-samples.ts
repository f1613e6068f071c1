/** Makes the three lessons that come with the project, from drawings and arithmetic alone. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { film, toPng } from "./film.ts";
import { fireStory } from "./fire.ts";
import { howToStory } from "./howto.ts";
import { compose, toWav } from "./music.ts";
import { packPlain } from "./pack-plain.ts";
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
  const musicFile = join(workDir, `${story.id}.wav`);
  const filmFile = join(workDir, `${story.id}.mp4`);
  tell("film");
  await writeFile(musicFile, toWav(compose(timeline.durationMs, story.music)));
  await film(timeline, musicFile, filmFile);
  tell("pack");
  const { id, number, title, category } = story;
  await packPlain({
    outDir: join(options.outDir, id),
    filmFile,
    posterPng: toPng(story.poster(), POSTER_WIDTH_PX),
    captions: toWebVtt(timeline.captions),
    material: toMaterial(story, timeline),
    facts: { id, number, title, category, durationMs: timeline.durationMs },
  });
  tell("done");
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
