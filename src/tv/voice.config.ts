/**
 * The page's sentences as sound, made at build time by an offline engine: `espeak-ng` speaks,
 * `ffmpeg` packs. A machine without them builds a page that is silent; docs/tv.md tells how
 * recordings of a person take their place.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SENTENCES, type SentenceId } from "./voice/sentences.ts";

export interface SpokenFile {
  readonly id: SentenceId;
  readonly bytes: Uint8Array;
}

const CACHE = fileURLToPath(new URL("../../.cache/voice/", import.meta.url));

/**
 * Mandarin. Not `cmn`: in espeak-ng 1.51 that one spells the pinyin of most characters as English
 * letters. Slower than its 175 words a minute, for ears of seventy.
 */
export const SPEAK = ["-v", "cmn-latn-pinyin", "-s", "140", "-g", "4"] as const;
/** Opus in mono: speech is understood at 24 kbit/s (RFC 6716, §2.1.1), 3 kB a second. */
const PACK = ["-ac", "1", "-c:a", "libopus", "-b:a", "24k", "-application", "voip"] as const;
/** As loud as the lessons are (EBU R 128). */
const LOUDNESS = "loudnorm=I=-18:TP=-2";

function has(program: string, ...ask: string[]): boolean {
  return spawnSync(program, ask, { stdio: "ignore" }).error === undefined;
}

/** @param recorded a folder with `<id>.wav`, `.mp3`, … of a person, which come before the engine */
export function makeVoice(recorded = process.env["ONE_ROOM_VOICE"]): SpokenFile[] {
  if (!has("ffmpeg", "-version")) return [];
  const speaks = has("espeak-ng", "--version");
  const entries = Object.entries(SENTENCES) as [SentenceId, string][];
  return entries.flatMap(([id, text]) => {
    const own = recorded === undefined ? null : recordingOf(recorded, id);
    if (own !== null) return [{ id, bytes: packed(readFileSync(own), (wav) => copy(own, wav)) }];
    if (!speaks) return [];
    return [{ id, bytes: packed(text, (wav) => speak(text, wav)) }];
  });
}

function recordingOf(folder: string, id: string): string | null {
  const names = ["wav", "mp3", "m4a", "ogg"].map((end) => join(folder, `${id}.${end}`));
  return names.find((path) => existsSync(path)) ?? null;
}

function copy(from: string, wav: string): void {
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", from, wav]);
}

function speak(text: string, wav: string): void {
  execFileSync("espeak-ng", [...SPEAK, "-w", wav, text]);
}

/** Kept under the hash of what it is made of: a build makes only what is new. */
function packed(source: string | Uint8Array, makeWav: (path: string) => void): Uint8Array {
  const how = [...SPEAK, ...PACK, LOUDNESS].join(" ");
  const name = createHash("sha256").update(source).update(how).digest("hex");
  const kept = join(CACHE, `${name}.ogg`);
  if (!existsSync(kept)) {
    mkdirSync(CACHE, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), "one-room-voice-"));
    try {
      const wav = join(folder, "a.wav");
      const ogg = join(CACHE, `${name}.${process.pid}.part.ogg`);
      makeWav(wav);
      const filter = ["-af", LOUDNESS, "-ar", "48000"];
      execFileSync("ffmpeg", ["-v", "error", "-y", "-i", wav, ...filter, ...PACK, ogg]);
      renameSync(ogg, kept);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return readFileSync(kept);
}
