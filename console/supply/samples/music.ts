/**
 * Quiet background music by arithmetic: a slow pad of fifths, and a plucked string that walks on
 * five tones. No recording is used, so there are no rights to clear.
 */
import { scatter } from "./draw.ts";

export const SAMPLE_RATE = 48_000;
/** Semitones of the five tones (gong mode) over two octaves. */
const FIVE_TONES = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21] as const;
/** Four bars that come again: the degree each bar rests on, in semitones from the root. */
const BARS = [0, -3, -5, -7] as const;
const BEATS_A_BAR = 8;
const FADE_S = 2.5;

export interface MusicLook {
  readonly rootHz: number;
  readonly beatMs: number;
  readonly seed: number;
}

function hz(rootHz: number, semitones: number): number {
  return rootHz * 2 ** (semitones / 12);
}

/** A plucked string: partials that die the faster the higher they are. */
function pluck(out: Float32Array, from: number, toneHz: number, loud: number): void {
  const length = Math.min(out.length - from, SAMPLE_RATE * 2);
  for (let i = 0; i < length; i += 1) {
    const t = i / SAMPLE_RATE;
    const phase = 2 * Math.PI * toneHz * t;
    const attack = Math.min(1, t / 0.006);
    const tone =
      Math.sin(phase) * Math.exp(-2.2 * t) +
      0.42 * Math.sin(2 * phase) * Math.exp(-4 * t) +
      0.18 * Math.sin(3 * phase) * Math.exp(-6.5 * t);
    out[from + i] = (out[from + i] ?? 0) + tone * attack * loud;
  }
}

/** A soft held sound that swells in and out within its bar. */
function pad(out: Float32Array, from: number, length: number, toneHz: number): void {
  const end = Math.min(length, out.length - from);
  for (let i = 0; i < end; i += 1) {
    const t = i / SAMPLE_RATE;
    const swell = Math.sin((Math.PI * i) / length) ** 0.6;
    const tone =
      Math.sin(2 * Math.PI * toneHz * t) + 0.6 * Math.sin(2 * Math.PI * 1.004 * toneHz * t);
    out[from + i] = (out[from + i] ?? 0) + tone * swell * 0.1;
  }
}

function melody(out: Float32Array, look: MusicLook): void {
  const random = scatter(look.seed);
  const beat = Math.round((look.beatMs / 1000) * SAMPLE_RATE);
  let step = 4;
  for (let n = 0; n * beat < out.length; n += 1) {
    const rest = random() < (n % 2 === 0 ? 0.12 : 0.5);
    step = Math.max(0, Math.min(9, step + Math.round((random() - 0.5) * 4.4)));
    if (rest) continue;
    const late = Math.round((random() - 0.5) * 0.02 * SAMPLE_RATE);
    const tone = hz(look.rootHz * 2, FIVE_TONES[step] ?? 0);
    pluck(out, Math.max(0, n * beat + late), tone, n % 4 === 0 ? 0.34 : 0.24);
  }
}

function harmony(out: Float32Array, look: MusicLook): void {
  const beat = Math.round((look.beatMs / 1000) * SAMPLE_RATE);
  const bar = beat * BEATS_A_BAR;
  for (let n = 0; n * bar < out.length; n += 1) {
    const base = BARS[n % BARS.length] ?? 0;
    // Bars overlap, so that the swell never falls to silence between them.
    const length = Math.round(bar * 1.35);
    for (const interval of [0, 7, 12]) pad(out, n * bar, length, hz(look.rootHz, base + interval));
    pluck(out, n * bar, hz(look.rootHz / 2, base + 12), 0.3);
  }
}

/** One echo with a soft tail, for a room that is not a wooden box. */
function echo(out: Float32Array): void {
  const delay = Math.round(0.31 * SAMPLE_RATE);
  for (let i = delay; i < out.length; i += 1) {
    out[i] = (out[i] ?? 0) + 0.24 * (out[i - delay] ?? 0);
  }
}

function fadeEnds(out: Float32Array): void {
  const ramp = FADE_S * SAMPLE_RATE;
  for (let i = 0; i < out.length; i += 1) {
    const share = Math.min(1, i / ramp, (out.length - 1 - i) / ramp);
    out[i] = (out[i] ?? 0) * share * share;
  }
}

/** Mono samples between -1 and 1, as long as the film. */
export function compose(durationMs: number, look: MusicLook): Float32Array {
  const out = new Float32Array(Math.round((durationMs / 1000) * SAMPLE_RATE));
  harmony(out, look);
  melody(out, look);
  echo(out);
  fadeEnds(out);
  return out;
}

/** A WAV file (RIFF, 16 bit, mono); peaks are brought to -3 dBFS. */
export function toWav(samples: Float32Array): Buffer {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0.001);
  const body = Buffer.alloc(samples.length * 2);
  samples.forEach((value, i) => {
    body.writeInt16LE(Math.round((value / peak) * 0.7 * 32767), i * 2);
  });
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + body.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLE_RATE, 24);
  head.writeUInt32LE(SAMPLE_RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(body.length, 40);
  return Buffer.concat([head, body]);
}
