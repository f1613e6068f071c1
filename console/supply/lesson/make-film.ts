/**
 * The long part of packing, stage by stage: how loud the film is, its sound, its picture a part at
 * a time. What is finished stays in the work folder, and is not made again.
 */
import { mkdir } from "node:fs/promises";
import {
  encodePicture,
  encodeSound,
  type FilmFacts,
  FRAMES_A_SECOND,
  joinFilm,
  type Loudness,
  measure,
  SEGMENT_SECONDS,
} from "./film.ts";
import type { PackWork } from "./pack-work.ts";

/** A kill costs at most so much of the film; starting an encoder costs far less than coding it. */
export const PART_SECONDS = 10 * SEGMENT_SECONDS;

export interface MakeFilm {
  readonly file: string;
  readonly film: FilmFacts;
  readonly work: PackWork;
  /** A whole number of segments. */
  readonly partSeconds: number;
  /** From 0 to 1, over all of the film. */
  readonly onProgress: (phase: FilmPhase, done: number) => void;
}

export type FilmPhase = "listen" | "film";

const LOUDNESS = "loudness.json";
const SOUND = "sound.nut";
/** Written when the picture ended before its time: how many parts it has. */
const PICTURE_END = "picture-end.json";
/** Listening and the sound are some ten times as fast as the picture, each. */
const SHARES = { listen: 0.07, sound: 0.05 };

const partName = (index: number) => `picture-${String(index).padStart(4, "0")}.nut`;

/** Makes what is not there yet, and puts the film's files into `outDir`. */
export async function makeFilm(order: MakeFilm, outDir: string): Promise<void> {
  const { work, partSeconds, film } = order;
  if (film.hasSound) await makeSound(order);
  const parts = await makePicture(order);
  await mkdir(outDir);
  await joinFilm({
    ...{ parts, partSeconds, outDir },
    soundFile: film.hasSound ? work.path(SOUND) : null,
    listFile: work.path("parts.txt"),
  });
}

async function makeSound(order: MakeFilm): Promise<void> {
  const { file, film, work, onProgress } = order;
  if (await work.has(SOUND)) return;
  const share = (seconds: number) => Math.min(1, (seconds * 1000) / film.durationMs);
  const loudness = await listen(order, (seconds) =>
    onProgress("listen", SHARES.listen * share(seconds)),
  );
  const onTime = (seconds: number) =>
    onProgress("listen", SHARES.listen + SHARES.sound * share(seconds));
  await work.make(SOUND, (target) => encodeSound({ file, loudness, target, onTime }));
}

async function listen(
  { file, work }: MakeFilm,
  onTime: (seconds: number) => void,
): Promise<Loudness | null> {
  const known = await work.readText(LOUDNESS);
  if (known !== null) return JSON.parse(known) as Loudness | null;
  const loudness = await measure({ file, onTime });
  await work.writeText(LOUDNESS, JSON.stringify(loudness));
  return loudness;
}

/** Names of the parts, in order. */
async function makePicture(order: MakeFilm): Promise<string[]> {
  const { film, work, partSeconds, onProgress } = order;
  const heard = film.hasSound ? SHARES.listen + SHARES.sound : 0;
  const tell = (seconds: number) =>
    onProgress("film", heard + (1 - heard) * Math.min(1, (seconds * 1000) / film.durationMs));
  // The last part takes what is left over, so that it is never next to nothing.
  const planned = Math.max(1, Math.floor(film.durationMs / 1000 / partSeconds));
  const known = await work.readText(PICTURE_END);
  let count = known === null ? planned : (JSON.parse(known) as { parts: number }).parts;
  for (let index = 0; index < count; index += 1) {
    if (await work.has(partName(index))) continue;
    tell(index * partSeconds);
    const made = await makePart(order, { index, isLast: index === planned - 1, tell });
    if (made === "whole") continue;
    count = made === "empty" ? index : index + 1;
    await work.writeText(PICTURE_END, JSON.stringify({ parts: count }));
  }
  return Array.from({ length: count }, (_, index) => partName(index));
}

interface Part {
  readonly index: number;
  readonly isLast: boolean;
  readonly tell: (seconds: number) => void;
}

/** The picture may end before the film does, in this part or before it. */
async function makePart(
  { file, work, partSeconds }: MakeFilm,
  { index, isLast, tell }: Part,
): Promise<"whole" | "short" | "empty"> {
  const fromSeconds = index * partSeconds;
  const frames = isLast ? null : partSeconds * FRAMES_A_SECOND;
  const onTime = (seconds: number) => tell(fromSeconds + seconds);
  let made = 0;
  await work.make(partName(index), async (target) => {
    made = await encodePicture({ file, fromSeconds, frames, target, onTime });
  });
  if (made === 0) return "empty";
  return frames !== null && made < frames ? "short" : "whole";
}
