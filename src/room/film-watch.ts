/**
 * Watches over the film: where it stands, and which spans of it really played. Pure.
 *
 * Honest evidence: a span grows only while the page says it plays, at normal speed, the picture's
 * frames advance, and the position moves as the clock does. Seeking earns nothing.
 */
import { FILM_AT_START, type FilmSpot } from "./spot.ts";

export interface FilmWatch extends FilmSpot {
  /** Boot clock and frame count at the last report; null: none since the film moved elsewhere. */
  readonly last: { readonly bootMs: number; readonly frames: number } | null;
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

/** The film stops, having really played up to `atMs` if that continues what was reported. */
export function haltFilm(film: FilmWatch, atMs: number, bootMs: number): FilmChange {
  const { film: reached, ended } = isContinuous(film, atMs, bootMs)
    ? { film: { ...film, atMs }, ended: null }
    : moveFilm(film, { atMs, playing: false });
  const halted = moveFilm(reached, { atMs, playing: false });
  return { film: halted.film, ended: ended ?? halted.ended };
}

function isContinuous({ last, atMs: before, playing }: FilmWatch, atMs: number, bootMs: number) {
  if (last === null || !playing) return false;
  const movedMs = atMs - before;
  return movedMs >= 0 && movedMs <= bootMs - last.bootMs + SLACK_MS;
}

/** A report of the page, each second. */
export function reportFilm(film: FilmWatch, report: FilmReport, bootMs: number): FilmChange {
  const { atMs, playing } = report;
  const last = { bootMs, frames: report.frames };
  const plays = playing && report.rate === 1;
  if (plays && goesOn(film, report, bootMs)) {
    return { film: { atMs, playing, spanFromMs: film.spanFromMs ?? film.atMs, last }, ended: null };
  }
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

/** The first report after a move has nothing to be compared with. */
function advances({ last }: FilmWatch, { frames }: FilmReport): boolean {
  return last === null || frames > last.frames;
}
