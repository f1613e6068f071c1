/**
 * When to refresh: at night in the county's window, by day in a trickle when the nights do not
 * happen, and at once when the county asks (docs/formats/cache.md, When). Pure.
 */
import type { SupplySettings } from "../../protocol/generated/types.ts";
import { DEFAULT_SUPPLY } from "../../protocol/supply-settings.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MINUTES = 1440;

export interface RefreshSettings extends SupplySettings {
  /** Grows when the county wants a refresh at once. */
  readonly ask: number;
}

export const DEFAULT_SETTINGS: RefreshSettings = { ...DEFAULT_SUPPLY, ask: 0 };

/** Minutes at the end of a window in which no box begins. */
const LAST_START_MINUTES = 60;
/** Before a refresh that the county asked for: nobody presses keys just now. */
const ASKED_QUIET_MS = MINUTE_MS;
/** Of uptime, or two windows that were missed: then the nights do not happen here. */
const TRICKLE_AFTER_MS = 48 * HOUR_MS;
const TRICKLE_AFTER_DAYS = 2;
/** Between two refreshes that ran to their end while the clock is not sure. */
const UNSURE_EVERY_MS = 20 * HOUR_MS;
const TRICKLE_SHARE = 0.25;
/** After a run that ended early: the line may be back. */
const RETRY_MS = 15 * MINUTE_MS;
/** How often to look again when only a key press or the clock can change the answer. */
const LOOK_AGAIN_MS = 5 * MINUTE_MS;

export interface RefreshFacts {
  readonly settings: RefreshSettings;
  /** Time of the county; null when the clock is not sure. */
  readonly now: { readonly date: string; readonly minute: number } | null;
  /** This box's place in the window, from 0 to 1: the same every night. */
  readonly share: number;
  /** Chance of this night, from 0 to 1. */
  readonly chance: number;
  /** Since the last key, film or page, or since the start. */
  readonly quietMs: number;
  /** The same, but without end where there was none since the start. */
  readonly untouchedMs: number;
  /** Since a run of this boot ended early; null: none did. */
  readonly sinceFailedMs: number | null;
  readonly uptimeMs: number;
  readonly uptimeSinceDoneMs: number | null;
  readonly doneOn: string | null;
  /** The last that the county asked for and that ran to its end. */
  readonly askDone: number;
  readonly night: { readonly key: string; readonly bytes: number };
}

export type RefreshMode = "night" | "trickle" | "asked";

export type RefreshDecision =
  | {
      readonly kind: "start";
      readonly mode: RefreshMode;
      /** Under which the bytes are counted. */
      readonly key: string;
      readonly bytesPerSecond: number;
      readonly budgetBytes: number;
      readonly stopAfterMs: number;
    }
  | { readonly kind: "sleep"; readonly ms: number };

export function decideRefresh(facts: RefreshFacts): RefreshDecision {
  const { settings, sinceFailedMs } = facts;
  if (sinceFailedMs !== null && sinceFailedMs < RETRY_MS) return sleep(RETRY_MS - sinceFailedMs);
  if (settings.ask > facts.askDone) return decideAsked(facts);
  const place = placeInWindow(facts);
  if (place !== null) return decideNight(facts, place);
  return settings.trickle ? decideTrickle(facts) : sleep(LOOK_AGAIN_MS);
}

const sleep = (ms: number): RefreshDecision => ({ kind: "sleep", ms });

/** Bytes count as those of the day: a metered line stays within what the county allows. */
function decideAsked(facts: RefreshFacts): RefreshDecision {
  const { settings, untouchedMs } = facts;
  const quietMs = Math.min(ASKED_QUIET_MS, settings.quietMinutes * MINUTE_MS);
  if (untouchedMs < quietMs || facts.quietMs <= 0) return sleep(Math.max(MINUTE_MS, quietMs));
  const key = placeInWindow(facts)?.key ?? dayKey(facts);
  const budgetBytes = budgetOf(facts, key);
  if (budgetBytes <= 0) return sleep(HOUR_MS);
  const bytesPerSecond = (settings.maxKbps * 1000) / 8;
  const stopAfterMs = 24 * HOUR_MS;
  return { kind: "start", mode: "asked", key, bytesPerSecond, budgetBytes, stopAfterMs };
}

function dayKey({ now, uptimeMs }: RefreshFacts): string {
  return now?.date ?? `uptime-${Math.floor(uptimeMs / (24 * HOUR_MS))}`;
}

interface Place {
  /** Date on which the window began. */
  readonly key: string;
  readonly sinceStart: number;
  readonly untilEnd: number;
  readonly length: number;
}

function placeInWindow({ now, settings }: RefreshFacts): Place | null {
  if (now === null) return null;
  const { fromMinute, toMinute } = settings.window;
  const length = (toMinute - fromMinute + DAY_MINUTES) % DAY_MINUTES;
  const sinceStart = (now.minute - fromMinute + DAY_MINUTES) % DAY_MINUTES;
  if (sinceStart >= length) return null;
  // After midnight in a window that crosses it, the window began yesterday.
  const key = now.minute >= fromMinute ? now.date : dayBefore(now.date);
  return { key, sinceStart, untilEnd: length - sinceStart, length };
}

/** @param date `YYYY-MM-DD` */
export function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MINUTES * MINUTE_MS)
    .toISOString()
    .slice(0, 10);
}

function decideNight(facts: RefreshFacts, place: Place): RefreshDecision {
  const { settings, share, chance, doneOn } = facts;
  if (doneOn === place.key) return sleep(place.untilEnd * MINUTE_MS);
  const spread = Math.max(0, place.length - LAST_START_MINUTES);
  const startAt = share * spread + chance * Math.min(10, spread);
  if (place.sinceStart < startAt) return sleep((startAt - place.sinceStart) * MINUTE_MS);
  const unquietMs = stillUnquietMs(facts);
  if (unquietMs > 0) return sleep(unquietMs);
  const budgetBytes = budgetOf(facts, place.key);
  if (budgetBytes <= 0) return sleep(place.untilEnd * MINUTE_MS);
  const bytesPerSecond = (settings.maxKbps * 1000) / 8;
  const stopAfterMs = place.untilEnd * MINUTE_MS;
  return { kind: "start", mode: "night", key: place.key, bytesPerSecond, budgetBytes, stopAfterMs };
}

function decideTrickle(facts: RefreshFacts): RefreshDecision {
  const { settings } = facts;
  if (!isTrickleDue(facts)) return sleep(LOOK_AGAIN_MS);
  const unquietMs = stillUnquietMs(facts);
  if (unquietMs > 0) return sleep(unquietMs);
  const key = dayKey(facts);
  const budgetBytes = budgetOf(facts, key);
  if (budgetBytes <= 0) return sleep(HOUR_MS);
  const bytesPerSecond = (settings.maxKbps * 1000 * TRICKLE_SHARE) / 8;
  const stopAfterMs = untilWindowMs(facts);
  return { kind: "start", mode: "trickle", key, bytesPerSecond, budgetBytes, stopAfterMs };
}

function stillUnquietMs({ settings, quietMs }: RefreshFacts): number {
  return settings.quietMinutes * MINUTE_MS - quietMs;
}

function isTrickleDue({ now, uptimeSinceDoneMs, doneOn }: RefreshFacts): boolean {
  if (uptimeSinceDoneMs === null) return true;
  if (now === null) return uptimeSinceDoneMs >= UNSURE_EVERY_MS;
  if (uptimeSinceDoneMs >= TRICKLE_AFTER_MS) return true;
  return doneOn !== null && daysBetween(doneOn, now.date) >= TRICKLE_AFTER_DAYS;
}

function daysBetween(from: string, to: string): number {
  const ms = Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`);
  return Math.round(ms / (DAY_MINUTES * MINUTE_MS));
}

/** A trickle gives way to the night; without a clock it looks around after a day. */
function untilWindowMs({ now, settings }: RefreshFacts): number {
  if (now === null) return 24 * HOUR_MS;
  const minutes = (settings.window.fromMinute - now.minute + DAY_MINUTES) % DAY_MINUTES;
  return Math.max(1, minutes) * MINUTE_MS;
}

function budgetOf({ settings, night }: RefreshFacts, key: string): number {
  return settings.nightlyBytes - (night.key === key ? night.bytes : 0);
}
