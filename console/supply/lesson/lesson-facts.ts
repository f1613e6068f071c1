/** `lesson.json`: what a person says about a lesson before it is packed. */
import { readFile } from "node:fs/promises";
import { isLessonManifest } from "../../../protocol/generated/validators.js";

export interface LessonFacts {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly category: string;
  readonly number: string;
  readonly themes?: readonly string[];
}

const NAMES = ["id", "version", "title", "category", "number", "themes"] as const;
const REQUIRED = NAMES.slice(0, 5);

export type FactsReading =
  | { readonly ok: true; readonly facts: LessonFacts }
  | { readonly ok: false; readonly text: string };

/** A manifest around the facts, so that the one schema judges them. */
function asManifest(facts: Record<string, unknown>): unknown {
  const file = { path: "a", tier: "play", bytes: 1, sha256: "0".repeat(64), type: "video/mp4" };
  return {
    ...{ schema: "one-room.lesson/1", ...facts, durationMs: 1, minPlayer: "0.1.0" },
    ...{ entry: { hls: "a", material: "a" }, files: [file], bytes: { browse: 0, play: 1 } },
  };
}

async function readJson(file: string): Promise<Record<string, unknown> | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @throws NodeJS.ErrnoException when the file cannot be read. */
export async function readFacts(file: string): Promise<FactsReading> {
  const value = await readJson(file);
  if (value === null) return { ok: false, text: "lesson.json 不是一个 JSON 对象" };
  const unknown = Object.keys(value).find((key) => !(NAMES as readonly string[]).includes(key));
  if (unknown !== undefined) return { ok: false, text: `lesson.json 里不认识：${unknown}` };
  const missing = REQUIRED.find((name) => value[name] === undefined);
  if (missing !== undefined) return { ok: false, text: `lesson.json 缺了：${missing}` };
  if (isLessonManifest(asManifest(value))) {
    return { ok: true, facts: value as unknown as LessonFacts };
  }
  const [first] = isLessonManifest.errors ?? [];
  const place = (first?.instancePath ?? "").slice(1);
  return { ok: false, text: `lesson.json 的 ${place} 不合格式：${first?.message ?? "?"}` };
}
