/**
 * Watches over the film: where it stands, and which spans of it really played. Pure.
 *
 * Honest evidence. A span grows only while
 *
 * - L1. the page says that it plays, at normal speed;
 * - L2. the picture advances: at least one new frame for every two seconds of film;
 * - L3. the position moves no faster than the clock, over the whole span and not from report to
 *   report: many small jumps earn no more than one;
 * - L4. reports come: what lies in a silence of more than ten seconds nobody has seen.
 *
 * Seeking, pausing, stalling and a frozen picture earn nothing.
 */
import { FILM_AT_START, type FilmSpot } from "./spot.ts";

export interface FilmWatch extends FilmSpot {
  /** Boot clock and frame count at the last report; null: none since the film moved elsewhere. */
  readonly last: LastReport | null;
}

interface LastReport {
  readonly bootMs: number;
  readonly frames: number;
  /** Boot clock minus position, where the span began: L3 measures from there. */
  readonly pace: number;
}

/** A span that has ended, to be recorded. */
export type EndedSpan = { readonly fromMs: number; readonly toMs: number } | null;

export interface FilmChange {
  readonly film: FilmWatch;
  readonly ended: EndedSpan;
}

export interface FilmReport {
  readonly atMs: number;
  readonly playing: boolean;
  readonly frames: number;
  readonly rate: number;
}

export const FILM_WATCH_AT_START: FilmWatch = { ...FILM_AT_START, last: null };

/** Reports come each second; a late one, a busy machine, a coarse clock: this much is no seek. */
const SLACK_MS = 1500;
const SLACK_AFTER_JUMP_MS = 200;
const SILENCE_MAX_MS = 10_000;
/** Far below any film's rate, far above a picture that hangs. */
const FILM_PER_FRAME_MAX_MS = 2000;
/** A shorter span is a flicker, not watching. */
const SPAN_MIN_MS = 500;

export function resumeFilm(spot: FilmSpot): FilmWatch {
  return { ...spot, last: null };
}

/** The span that is open now, if it is worth recording. */
export function openSpan({ spanFromMs, atMs }: FilmSpot): EndedSpan {
  if (spanFromMs === null || atMs - spanFromMs < SPAN_MIN_MS) return null;
  return { fromMs: spanFromMs, toMs: atMs };
}

/** The film was moved or halted on purpose: the open span ends where the film last was. */
export function moveFilm(
  film: FilmWatch,
  to: { readonly atMs: number; readonly playing: boolean },
): FilmChange {
  const ended = openSpan(film);
  return { film: { ...to, spanFromMs: to.playing ? to.atMs : null, last: null }, ended };
}

/**
 * The film stops, having really played up to `atMs` if that continues what was reported; less than
 * a report's distance, for which no frames were counted any more.
 */
export function haltFilm(film: FilmWatch, atMs: number, bootMs: number): FilmChange {
  const isClose = Math.abs(atMs - film.atMs) <= FILM_PER_FRAME_MAX_MS;
  const { film: reached, ended } =
    isClose && isContinuous(film, atMs, bootMs)
      ? { film: { ...film, atMs }, ended: null }
      : moveFilm(film, { atMs, playing: false });
  const halted = moveFilm(reached, { atMs, playing: false });
  return { film: halted.film, ended: ended ?? halted.ended };
}

/** L3, L4 */
function isContinuous({ last, atMs: before, playing }: FilmWatch, atMs: number, bootMs: number) {
  if (last === null || !playing) return false;
  if (bootMs - last.bootMs > SILENCE_MAX_MS) return false;
  return atMs >= before && atMs <= bootMs - last.pace + SLACK_MS;
}

/** A report of the page, each second. */
export function reportFilm(film: FilmWatch, report: FilmReport, bootMs: number): FilmChange {
  const { atMs, playing, frames } = report;
  const plays = playing && report.rate === 1;
  if (plays && film.last !== null && goesOn(film, report, bootMs)) {
    // A film that lags behind the clock must not save that up for a jump.
    const last = { bootMs, frames, pace: Math.max(film.last.pace, bootMs - atMs) };
    return { film: { atMs, playing, spanFromMs: film.spanFromMs ?? film.atMs, last }, ended: null };
  }
  // After a jump that no intent announced there is little slack left for the next one.
  const slackMs = film.last === null ? SLACK_MS : SLACK_AFTER_JUMP_MS;
  const last = { bootMs, frames, pace: bootMs - atMs + SLACK_MS - slackMs };
  const begins = plays && advances(film, report);
  const stays = film.last === null && film.spanFromMs === atMs;
  return {
    film: { atMs, playing, spanFromMs: begins ? atMs : null, last },
    ended: stays ? null : openSpan(film),
  };
}

function goesOn(film: FilmWatch, report: FilmReport, bootMs: number): boolean {
  return film.last !== null && advances(film, report) && isContinuous(film, report.atMs, bootMs);
}

/** L2. The first report after a move has nothing to be compared with. */
function advances({ last, atMs: before }: FilmWatch, { frames, atMs }: FilmReport): boolean {
  if (last === null) return true;
  const framesMin = Math.max(1, Math.floor((atMs - before) / FILM_PER_FRAME_MAX_MS));
  return frames - last.frames >= framesMin;
}
