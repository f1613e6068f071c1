/** Goal: each clause of honest evidence, at its edge. */
import { expect, test } from "vitest";
import {
  FILM_WATCH_AT_START,
  type FilmReport,
  type FilmWatch,
  haltFilm,
  reportFilm,
} from "../../../src/room/film-watch.ts";

type Step = Partial<FilmReport> & { readonly bootMs: number; readonly atMs: number };

/** Milliseconds that are earned by these reports; frames come at 25 a second of clock. */
function earned(steps: readonly Step[]): number {
  let film: FilmWatch = { ...FILM_WATCH_AT_START, playing: true };
  let sum = 0;
  for (const { bootMs, ...report } of steps) {
    const frames = Math.floor(bootMs / 40);
    const change = reportFilm(film, { playing: true, rate: 1, frames, ...report }, bootMs);
    film = change.film;
    if (change.ended !== null) sum += change.ended.toMs - change.ended.fromMs;
  }
  const { ended } = haltFilm(film, film.atMs, steps[steps.length - 1]?.bootMs ?? 0);
  return ended === null ? sum : sum + ended.toMs - ended.fromMs;
}

const seconds = (count: number) => Array.from({ length: count + 1 }, (_, index) => index);
const plain = (more: (second: number) => Partial<FilmReport> = () => ({})) =>
  seconds(60).map((s) => ({ bootMs: s * 1000, atMs: s * 1000, ...more(s) }));

test("a film that plays at normal speed earns its length", () => {
  expect(earned(plain())).toBe(60_000);
});

test("L1: what is paused, or plays at another speed, earns nothing", () => {
  expect(earned(plain(() => ({ playing: false })))).toBe(0);
  for (const rate of [0.5, 1.01, 2, 0, -1, Number.NaN]) {
    expect(earned(plain(() => ({ rate })))).toBe(0);
  }
  expect(earned(plain((s) => ({ rate: s > 30 ? 2 : 1 })))).toBe(30_000);
});

test("L2: a frozen picture earns nothing, while the sound goes on", () => {
  expect(earned(plain(() => ({ frames: 7 })))).toBe(0);
  expect(earned(plain((s) => ({ frames: Math.min(s, 20) * 25 })))).toBe(20_000);
});

test("L2: one frame in many seconds of film is no picture that advances", () => {
  const slow = seconds(12).map((n) => ({ bootMs: n * 8000, atMs: n * 8000, frames: n }));
  expect(earned(slow)).toBe(0);
});

test("a stalled film earns nothing while it stands, and goes on after it", () => {
  const stalled = seconds(60).map((s) => ({ bootMs: s * 1000, atMs: Math.min(s, 10) * 1000 }));
  expect(earned(stalled)).toBe(10_000);
});

test("L3: jumps that are each too small to be seen earn no more than one of them", () => {
  const creeping = seconds(60).map((s) => ({ bootMs: s * 1000, atMs: s * 2400 }));
  expect(earned(creeping)).toBeLessThanOrEqual(60_000 + 1500);
  const saved = [
    ...seconds(10).map((s) => ({ bootMs: s * 1000, atMs: s * 100 })),
    { bootMs: 11_000, atMs: 10_900 },
  ];
  expect(earned(saved)).toBe(1000);
});

test("L3: a seek that no intent announced earns nothing", () => {
  const sought = plain().map((step, s) => (s > 30 ? { ...step, atMs: step.atMs + 300_000 } : step));
  expect(earned(sought)).toBe(30_000 + 29_000);
});

test("L4: what lies in a silence nobody has seen", () => {
  const silent = plain().filter(({ bootMs }) => bootMs <= 10_000 || bootMs >= 40_000);
  expect(earned(silent)).toBe(10_000 + 20_000);
});

test("a boot clock that counted a suspend lets no film be earned that did not play", () => {
  const slept = plain().map((step, s) =>
    s > 30 ? { ...step, bootMs: step.bootMs + 7.2e6 } : step,
  );
  expect(earned(slept)).toBeLessThanOrEqual(60_000);
});

test("the last second counts when the film halts, and a jump at the halt does not", () => {
  const film = reportFilm(
    { ...FILM_WATCH_AT_START, playing: true },
    { atMs: 0, playing: true, frames: 1, rate: 1 },
    0,
  ).film;
  const played = reportFilm(film, { atMs: 5000, playing: true, frames: 126, rate: 1 }, 5000).film;
  expect(haltFilm(played, 5800, 5800).ended).toEqual({ fromMs: 0, toMs: 5800 });
  expect(haltFilm(played, 65_000, 65_000).ended).toEqual({ fromMs: 0, toMs: 5000 });
});
