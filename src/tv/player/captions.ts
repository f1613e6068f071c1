/**
 * The sidecar captions of a film: what is said at a moment. Plain cues only, as the packer makes.
 */
export interface Caption {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
}

const TIMES = /^\s*((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})/;
/** More lines than this would cover the picture. */
const LINES_MAX = 3;

/** WebVTT (W3C, 2019) without styles and regions; what is no cue is passed over. */
export function parseCaptions(text: string): Caption[] {
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n{2,}/);
  return blocks.reduce<Caption[]>((captions, block) => {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => TIMES.test(line));
    const times = TIMES.exec(lines[at] ?? "");
    if (times === null) return captions;
    const words = lines.slice(at + 1).map(plainText);
    captions.push({
      startMs: toMs(times[1] ?? ""),
      endMs: toMs(times[2] ?? ""),
      lines: words.filter((line) => line !== "").slice(0, LINES_MAX),
    });
    return captions;
  }, []);
}

function toMs(time: string): number {
  return Math.round(time.split(":").reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}

function plainText(line: string): string {
  const bare = line.replace(/<[^>]*>/g, "");
  return bare.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&").trim();
}

export function captionAt(captions: readonly Caption[], atMs: number): Caption | null {
  return captions.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs) ?? null;
}
