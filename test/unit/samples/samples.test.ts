import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GROUND_PX, textWidth } from "../../../console/supply/samples/draw.ts";
import { STORIES } from "../../../console/supply/samples/make-samples.ts";
import { compose, SAMPLE_RATE, toWav } from "../../../console/supply/samples/music.ts";
import { layOut, toMaterial, toWebVtt } from "../../../console/supply/samples/storyboard.ts";
import type { LessonManifest } from "../../../protocol/generated/types.ts";
import { isLessonManifest, isMaterial } from "../../../protocol/generated/validators.js";

const MAX_SAMPLES_BYTES = 15_000_000;

const TEXT =
  /<text x="(-?[\d.]+)" y="([\d.]+)"[^>]*font-size="(\d+)"[^>]*text-anchor="(\w+)"[^>]*>([^<]*)/g;
const SHARE_LEFT: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 };

/** Words inside a moved group are placed by the group: those are looked at by eye. */
function wordsOf(svg: string) {
  const flat = svg.replace(/<g transform=.*?<\/g>/gs, "");
  return [...flat.matchAll(TEXT)].map(([, x, y, size, anchor = "start", text = ""]) => {
    const width = textWidth(text, Number(size));
    const left = Number(x) - width * (SHARE_LEFT[anchor] ?? 0);
    return { left, right: left + width, baseline: Number(y), size: Number(size), text };
  });
}

const drawn = STORIES.map((story) => ({ story, timeline: layOut(story) }));

describe.each(drawn)("the film $story.title", ({ story, timeline }) => {
  it("lasts 90 to 180 seconds", () => {
    expect(timeline.durationMs).toBeGreaterThanOrEqual(90_000);
    expect(timeline.durationMs).toBeLessThanOrEqual(180_000);
  });

  it("has captions that an old reader can follow", () => {
    for (const { text, fromMs, toMs } of timeline.captions) {
      const lines = text.split("\n");
      expect(lines.length, text).toBeLessThanOrEqual(2);
      for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(13);
      const characters = [...text.replace(/\s/g, "")].length;
      expect(characters / ((toMs - fromMs) / 1000), text).toBeLessThanOrEqual(4);
      expect(toMs - fromMs, text).toBeLessThanOrEqual(7000);
    }
  });

  it("stops 2 or 3 times, each time after a caption has ended", () => {
    expect([2, 3]).toContain(timeline.cues.length);
    for (const { atMs } of timeline.cues) {
      const during = timeline.captions.filter((c) => c.fromMs < atMs && atMs < c.toMs);
      expect(during).toEqual([]);
    }
  });

  it("comes with material for every stage", () => {
    const material = toMaterial(story, timeline);
    expect(isMaterial(material), JSON.stringify(isMaterial.errors)).toBe(true);
    expect(material.points).toHaveLength(3);
    expect(material.hint?.cards).toHaveLength(2);
    expect(material.discuss?.topics).toHaveLength(2);
    expect(material.feedback?.questions).toHaveLength(2);
    expect(material.practise?.tasks.map((task) => task.kind)).toEqual(["try", "outing"]);
  });

  it("keeps the words of its drawings on the screen and above the captions", () => {
    const words = timeline.shots.flatMap(({ svg }) => wordsOf(svg));
    expect(words.length).toBeGreaterThan(20);
    for (const { left, right, baseline, size, text } of words) {
      expect(left, text).toBeGreaterThanOrEqual(0);
      expect(right, text).toBeLessThanOrEqual(1280);
      expect(baseline, text).toBeLessThanOrEqual(GROUND_PX);
      expect(size, text).toBeGreaterThanOrEqual(40);
    }
  });
});

describe("captions as WebVTT", () => {
  it("are written with hours and milliseconds", () => {
    const text = toWebVtt([{ fromMs: 3_723_004, toMs: 3_724_050, text: "先看叶\n再看穗" }]);
    expect(text).toBe("WEBVTT\n\n01:02:03.004 --> 01:02:04.050\n先看叶\n再看穗\n");
  });
});

describe("the background music", () => {
  it("is the same each time, begins and ends in silence, and never clips", () => {
    const look = { rootHz: 196, beatMs: 600, seed: 3 };
    const once = compose(8000, look);
    expect(once).toEqual(compose(8000, look));
    expect(once).toHaveLength(8 * SAMPLE_RATE);
    expect(Math.abs(once[0] ?? 1)).toBeLessThan(0.001);
    expect(Math.abs(once.at(-1) ?? 1)).toBeLessThan(0.001);
    const wav = toWav(once);
    let peak = 0;
    for (let at = 44; at < wav.length; at += 2)
      peak = Math.max(peak, Math.abs(wav.readInt16LE(at)));
    expect(peak).toBeLessThanOrEqual(32767 * 0.71);
  });
});

describe("the packed samples", () => {
  const manifests = STORIES.map(({ id }) => {
    const folder = join("samples", id);
    const text = readFileSync(join(folder, "manifest.json"), "utf8");
    return { folder, manifest: JSON.parse(text) as LessonManifest };
  });

  it.each(manifests)("in $folder are whole", ({ folder, manifest }) => {
    expect(isLessonManifest(manifest)).toBe(true);
    for (const file of manifest.files) {
      const bytes = readFileSync(join(folder, file.path));
      expect(bytes.length, file.path).toBe(file.bytes);
      expect(createHash("sha256").update(bytes).digest("hex"), file.path).toBe(file.sha256);
    }
  });

  it("fit the repository's 15 MB", () => {
    const bytes = readdirSync("samples", { recursive: true, encoding: "utf8" })
      .map((path) => statSync(join("samples", path)))
      .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
    expect(bytes).toBeLessThanOrEqual(MAX_SAMPLES_BYTES);
  });

  it("were made from the texts that are in the repository", () => {
    for (const { story, timeline } of drawn) {
      const folder = join("samples", story.id);
      const material: unknown = JSON.parse(readFileSync(join(folder, "material.json"), "utf8"));
      expect(material).toEqual(toMaterial(story, timeline));
      expect(readFileSync(join(folder, "captions.vtt"), "utf8")).toBe(toWebVtt(timeline.captions));
    }
  });
});
