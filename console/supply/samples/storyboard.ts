/**
 * A film as data: scenes with their drawings and captions. From it follow, by pure functions, the
 * timeline of pictures, the captions, the segments and the places where the film stops for a cue.
 */
import type { Material } from "../../../protocol/generated/types.ts";

export interface CaptionLine {
  /** One or two lines, at most 13 characters each. */
  readonly text: string;
  /** Which state of the drawing is seen meanwhile. */
  readonly step: number;
}

export interface Scene {
  readonly title: string;
  /** The whole drawing as SVG, in the state that belongs to the step. */
  readonly art: (step: number) => string;
  readonly lines: readonly CaptionLine[];
  /** Opens a segment that ▲ can play again. */
  readonly segment?: boolean;
  /** The film stops at the end of this scene, and the broadcaster explains. */
  readonly cue?: { readonly speak: string; readonly text: string };
}

export interface Story {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly category: string;
  readonly scenes: readonly Scene[];
  readonly poster: () => string;
  /** Key and pace of the music under it. */
  readonly music: { readonly rootHz: number; readonly beatMs: number; readonly seed: number };
  readonly material: Omit<Material, "schema" | "watch" | "explain">;
}

export interface Shot {
  readonly svg: string;
  readonly fromMs: number;
  readonly toMs: number;
}
export interface CaptionCue {
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
}
export interface Timeline {
  readonly shots: readonly Shot[];
  readonly captions: readonly CaptionCue[];
  readonly segments: readonly { readonly fromMs: number; readonly title: string }[];
  readonly cues: readonly {
    readonly atMs: number;
    readonly speak: string;
    readonly text: string;
  }[];
  readonly durationMs: number;
}

/** A picture stands alone for a moment before its first caption, and after its last one. */
const LEAD_IN_MS = 600;
const LEAD_OUT_MS = 500;
const GAP_MS = 200;
/** ux.md asks for at most 4 characters a second; listeners here are old, so a little slower. */
const CHARACTERS_A_SECOND = 3.9;
const MIN_CAPTION_MS = 2500;

function captionMs(text: string): number {
  const count = [...text.replace(/\s/g, "")].length;
  return Math.max(MIN_CAPTION_MS, Math.ceil((count / CHARACTERS_A_SECOND) * 1000) + 300);
}

interface Draft {
  shots: Shot[];
  captions: CaptionCue[];
}

function layScene(scene: Scene, startMs: number, draft: Draft): number {
  let at = startMs + LEAD_IN_MS;
  let shotFrom = startMs;
  let step = scene.lines[0]?.step ?? 0;
  for (const caption of scene.lines) {
    if (caption.step !== step) {
      draft.shots.push({ svg: scene.art(step), fromMs: shotFrom, toMs: at });
      shotFrom = at;
      step = caption.step;
    }
    const toMs = at + captionMs(caption.text);
    draft.captions.push({ fromMs: at, toMs, text: caption.text });
    at = toMs + GAP_MS;
  }
  const endMs = at - GAP_MS + LEAD_OUT_MS;
  draft.shots.push({ svg: scene.art(step), fromMs: shotFrom, toMs: endMs });
  return endMs;
}

export function layOut(story: Story): Timeline {
  const draft: Draft = { shots: [], captions: [] };
  const segments: { fromMs: number; title: string }[] = [];
  const cues: { atMs: number; speak: string; text: string }[] = [];
  let at = 0;
  for (const scene of story.scenes) {
    if (scene.segment) segments.push({ fromMs: at, title: scene.title });
    at = layScene(scene, at, draft);
    if (scene.cue) cues.push({ atMs: at, ...scene.cue });
  }
  return { ...draft, segments, cues, durationMs: at };
}

function stamp(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const rest = String(ms % 1000).padStart(3, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${rest}`;
}

export function toWebVtt(captions: readonly CaptionCue[]): string {
  const blocks = captions.map((c) => `${stamp(c.fromMs)} --> ${stamp(c.toMs)}\n${c.text}\n`);
  return `WEBVTT\n\n${blocks.join("\n")}`;
}

export function toMaterial(story: Story, timeline: Timeline): Material {
  return {
    schema: "one-room.material/1",
    ...story.material,
    watch: { segments: [...timeline.segments] },
    explain: { cues: timeline.cues.map((cue) => ({ ...cue, narration: null })) },
  };
}
