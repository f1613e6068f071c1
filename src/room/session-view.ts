/** What the page shows of a session: protocol/schemas/link.schema.json, `SessionView`. Pure. */
import type {
  FilmView,
  FlowStage,
  Material,
  SessionView,
  View,
} from "../../protocol/generated/types.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import { countMarks, type SessionState, stageOf } from "../session/session.ts";
import { makeAbsentCard, mediaPath, toLessonCard } from "./lesson-card.ts";
import { type LiveSession, lessonOf } from "./live-session.ts";

export function makeSessionView(
  live: LiveSession,
  register: SessionRegister | undefined,
): NonNullable<View["session"]> {
  const { state, title, method, lessons, card } = live;
  const { item } = stageOf(state);
  return {
    id: state.id,
    type: state.type,
    typeName: sessionTypeName(state.type),
    title,
    methodName: method.name,
    flow: state.flow.map((_stage, index) => makeFlowStage(state, index)),
    at: state.at,
    card,
    item,
    lessons: lessons.map(({ ref, entry }) =>
      entry === null ? makeAbsentCard(ref.id, ref.version) : toLessonCard(entry),
    ),
    counts: countMarks(state),
    heads: state.heads,
    headsAsked: state.headsAsked,
    marks: { ...state.marks },
    guests: Object.entries(state.named).flatMap(([id, { as, struck }]) =>
      struck ? [] : [{ id, as }],
    ),
    explaining: state.explaining,
    material: withoutFilm(lessonOf(live)?.material ?? null),
    film: stageOf(state).kind === "watch" ? makeFilmView(live) : null,
    notes: ofItem(state.notes, item),
    answers: ofItem(state.answers, item),
    assigned: ofItem(state.assigned, item),
    chance: chanceOf(state.id),
    closed: makeClosed(register),
  };
}

/** FNV-1a, 32 bits: a session's id holds the random epoch, so that no two rooms draw alike. */
function chanceOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

function makeClosed(register: SessionRegister | undefined): SessionView["closed"] {
  if (register?.ending === undefined || register.ending === null) return null;
  const { headCode, ending, evidence } = register;
  return { headCode: headCode ?? "", ending, evidence: [...evidence] };
}

function makeFlowStage(state: SessionState, index: number): FlowStage {
  const stage = stageOf({ ...state, at: index });
  const { id, kind, name, help, item, counted } = stage;
  const shown = { id, kind, name, ...(help === undefined ? {} : { help }), item, counted };
  return { ...shown, state: stage.detour ? detourState(state, index) : stageState(state, index) };
}

function stageState({ at, endings }: SessionState, index: number): FlowStage["state"] {
  if (index === at) return "now";
  if (index > at) return "ahead";
  return endings[index] === undefined || endings[index] === "skipped" ? "skipped" : "done";
}

/** 播中解释 is done when something was explained; it is on while the film stands for it. */
function detourState(state: SessionState, index: number): FlowStage["state"] {
  const { item } = stageOf({ ...state, at: index });
  if (state.explaining !== null && stageOf(state).item === item) return "now";
  if ((state.cuesDone[item] ?? []).length > 0) return "done";
  return index < state.at ? "skipped" : "ahead";
}

/** Watch and explain are in the film's own view. */
function withoutFilm(material: Material | null): Material | null {
  if (material === null) return null;
  const { watch: _watch, explain: _explain, ...rest } = material;
  return rest;
}

function makeFilmView(live: LiveSession): FilmView | null {
  const { entry = null, material = null } = lessonOf(live) ?? {};
  if (entry === null) return null;
  const { item } = stageOf(live.state);
  const { captions, hls } = entry.manifest.entry;
  return {
    hls: mediaPath(entry, hls),
    captions: captions === undefined ? null : mediaPath(entry, captions),
    durationMs: entry.manifest.durationMs,
    atMs: Math.max(0, Math.round(live.film.atMs)),
    playing: live.film.playing && live.state.explaining === null,
    cues: material?.explain?.cues ?? [],
    cuesDone: [...(live.state.cuesDone[item] ?? [])],
    segments: material?.watch?.segments ?? [],
  };
}

/** Entries of one lesson, by the id behind the slash. */
function ofItem<T>(entries: Readonly<Record<string, T>>, item: number): Record<string, T> {
  const prefix = `${item}/`;
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}
