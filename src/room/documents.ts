/** The county's documents that a room follows: taken only when they are what they claim to be. */
import type { Method, Notices, Plan, Roster } from "../../protocol/generated/types.ts";
import {
  isMethod,
  isNotices,
  isPlan,
  isRoster,
  type Validator,
} from "../../protocol/generated/validators.js";

export interface DocumentByKind {
  roster: Roster;
  plan: Plan;
  method: Method;
  notices: Notices;
}

export type RoomDocumentKind = keyof DocumentByKind;

/** The county's documents, and the room's own: names of guests, which notices were read. */
export type KeptKind = RoomDocumentKind | "guests" | "notices-read";

/** Where documents are kept. `save` resolves when the bytes are durable. */
export interface RoomDocuments {
  load(kind: KeptKind): Promise<Uint8Array | null>;
  save(kind: KeptKind, bytes: Uint8Array): Promise<void>;
  /**
   * Like `save`, and when it resolves nothing of any earlier generation can be read from the disk.
   * Cut off at any moment, the file is the old one or the new one.
   */
  replace(kind: KeptKind, bytes: Uint8Array): Promise<void>;
}

/** Free text that belongs to records, by the hash that they name. Erasable. */
export interface RoomNotes {
  list(): Promise<string[]>;
  load(sha256: string): Promise<Uint8Array | null>;
  /** Durable when it resolves. */
  save(sha256: string, bytes: Uint8Array): Promise<void>;
  /** Its bytes are overwritten, then it is removed; one that is not there is no error. */
  erase(sha256: string): Promise<void>;
}

export interface HeldDocument<T> {
  readonly document: T;
  /** Of the bytes. */
  readonly sha256: string;
}

export type ReadDocument<T> =
  | { readonly ok: true; readonly document: T }
  | {
      readonly ok: false;
      /** Plain Chinese, with the path of the first fault. */
      readonly text: string;
    };

const VALIDATORS: { readonly [K in RoomDocumentKind]: Validator<DocumentByKind[K]> } = {
  roster: isRoster,
  plan: isPlan,
  method: isMethod,
  notices: isNotices,
};

const NAMES: Readonly<Record<RoomDocumentKind, string>> = {
  roster: "名册",
  plan: "学习安排",
  method: "教学步骤",
  notices: "县里的通知",
};

export function readDocument<K extends RoomDocumentKind>(
  kind: K,
  text: string,
): ReadDocument<DocumentByKind[K]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, text: `${NAMES[kind]}不是完整的 JSON 文件。` };
  }
  const isValid = VALIDATORS[kind] as Validator<DocumentByKind[K]>;
  if (isValid(value)) {
    const why = findContradiction(kind, value);
    return why === null ? { ok: true, document: value } : { ok: false, text: why };
  }
  const fault = isValid.errors?.[0];
  const where = fault?.instancePath || "/";
  return { ok: false, text: `${NAMES[kind]}的 ${where} 不对：${fault?.message ?? "格式不符"}。` };
}

/** What a schema cannot say. */
function findContradiction(kind: RoomDocumentKind, value: unknown): string | null {
  if (kind === "roster") return findDoubleNumber(value as Roster) ?? findTooMany(value as Roster);
  if (kind === "method") return findLostDetour(value as Method);
  if (kind === "notices") return findDoubleNotice(value as Notices);
  return null;
}

function findDoubleNumber({ members }: Roster): string | null {
  const ids = new Set<string>();
  const numbers = new Map<number, string>();
  for (const { id, no, name } of members) {
    const other = numbers.get(no);
    if (other !== undefined) return `名册里 ${no} 号有两位：${other}、${name}。`;
    if (ids.has(id)) return `名册里 ${name} 的内部编号和别人重复。`;
    numbers.set(no, name);
    ids.add(id);
  }
  return null;
}

/** All who are expected are named in one record (docs/formats/journal.md), with room to spare. */
const EXPECTED_BYTES_MAX = 14_000;

function findTooMany({ members }: Roster): string | null {
  const active = members.filter(({ status }) => status === "active").map(({ id }) => id);
  if (JSON.stringify(active).length <= EXPECTED_BYTES_MAX) return null;
  return `名册里有 ${active.length} 位同志，一个室放不下。请按支部分开。`;
}

/** The first whose id stood there before. */
function findDouble<T extends { readonly id: string }>(all: readonly T[]): T | undefined {
  const ids = all.map(({ id }) => id);
  return all.find(({ id }, index) => ids.indexOf(id) !== index);
}

/** NB5 */
function findDoubleNotice({ notices }: Notices): string | null {
  const double = findDouble(notices);
  return double === undefined ? null : `通知《${double.title}》的编号和别的重复。`;
}

function findLostDetour({ stages }: Method): string | null {
  const ids = stages.map(({ id }) => id);
  const double = findDouble(stages);
  if (double !== undefined) return `教学步骤里 ${double.id} 出现了两次。`;
  const lost = stages.find(({ within }) => within !== undefined && !ids.includes(within));
  return lost === undefined
    ? null
    : `教学步骤的 /stages:${lost.name} 属于 ${lost.within}，但没有这一步。`;
}
