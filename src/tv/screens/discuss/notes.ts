/** What came up, ticked off; who spoke; whether questions are left. Nothing is sent before 记好了. */
import type { Intent, NotePayload, Topic } from "../../../../protocol/generated/types.ts";
import type { MemberCard } from "../../../../protocol/page-api.ts";
import { beginPick, type PickState, pressPick } from "../../parts/pick-members.ts";
import { moveInGrid } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";

/** Six points at most, then 还有疑问, 谁发言了 and 记好了. */
export const NOTE_COLUMNS = 2;

export interface Noting {
  readonly focus: number;
  readonly points: readonly number[];
  readonly speakers: readonly string[];
  /** Null: nobody said. */
  readonly doubts: boolean | null;
}

export interface NoteFacts {
  readonly topics: readonly Topic[];
  readonly notes: Readonly<Record<string, Pick<NotePayload, "points" | "doubts" | "speakers">>>;
}

/** What a key changes of the discussion's state. */
export interface NoteTurn {
  readonly state: { readonly noting: Noting | null; readonly pick: PickState | null };
  readonly send?: Intent;
}

export function beginNote(topic: number, { topics, notes }: NoteFacts): Noting | null {
  const asked = topics[topic];
  if (asked === undefined) return null;
  const { points = [], speakers = [], doubts = null } = notes[asked.id] ?? {};
  return { focus: 0, points, speakers, doubts };
}

export interface NoteRow {
  readonly words: string;
  readonly selected: boolean;
}

export function noteRows({ points: said }: Pick<Topic, "points">, noting: Noting): NoteRow[] {
  const { points, speakers, doubts } = noting;
  const doubtWords = doubts === null ? "" : doubts ? "：有" : "：没有";
  const spoke = speakers.length === 0 ? "谁发言了" : `发言 ${speakers.length} 位`;
  return [
    ...said.map((words, index) => ({ words, selected: points.includes(index) })),
    { words: `还有疑问${doubtWords}`, selected: doubts === true },
    { words: spoke, selected: speakers.length > 0 },
    { words: "记好了", selected: false },
  ];
}

export function noteKey(
  noting: Noting,
  { key, topic }: { readonly key: RemoteKey; readonly topic: Topic | undefined },
): NoteTurn | null {
  if (key === "back" || topic === undefined) return { state: { noting: null, pick: null } };
  const pointCount = topic.points.length;
  const count = pointCount + 3;
  const focus = moveInGrid(noting.focus, key, { count, columns: NOTE_COLUMNS });
  if (focus !== undefined) return { state: { noting: { ...noting, focus }, pick: null } };
  if (key !== "ok") return null;
  if (noting.focus === count - 1) {
    return { state: { noting: null, pick: null }, send: noteOf(topic, noting) };
  }
  const asksWho = noting.focus === count - 2;
  if (asksWho) return { state: { noting, pick: beginPick(noting.speakers) } };
  return { state: { noting: tick(noting, pointCount), pick: null } };
}

function tick(noting: Noting, pointCount: number): Noting {
  const { focus, points, doubts } = noting;
  if (focus === pointCount) return { ...noting, doubts: doubts !== true };
  const without = points.filter((point) => point !== focus);
  const changed = without.length === points.length ? [...points, focus] : without;
  return { ...noting, points: [...changed].sort((a, b) => a - b) };
}

/** As many as the record has room for. */
const SPEAKERS_MAX = 60;

export interface PickFacts {
  readonly key: RemoteKey;
  readonly topic: Topic | undefined;
  readonly members: readonly MemberCard[];
}

/** The last that is asked: Back is done, and all of it is noted. */
export function pickKey(
  noting: Noting,
  pick: PickState,
  { key, topic, members }: PickFacts,
): NoteTurn {
  if (key !== "back" || topic === undefined) {
    return { state: { noting, pick: pressPick(pick, key, members) ?? pick } };
  }
  const speakers = pick.chosen.slice(0, SPEAKERS_MAX);
  return { state: { noting: null, pick: null }, send: noteOf(topic, { ...noting, speakers }) };
}

function noteOf({ id }: Topic, { points, speakers, doubts }: Noting): Intent {
  return {
    kind: "note",
    topic: id,
    points: [...points] as never,
    speakers: [...speakers] as never,
    doubts,
  };
}
