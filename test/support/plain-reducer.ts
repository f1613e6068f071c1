/**
 * The registers worked out a second time, in the plainest way there is: no index, no draft, every
 * question answered by walking the whole list again. What the fold says must be what this says.
 */
import type { StoredRecord } from "../../protocol/record.ts";

type Payload = Record<string, unknown>;
type Mark = { status: string; ref: string; corrected: boolean };

type Fields = Pick<PlainSession, "type" | "title" | "branches" | "heads" | "G" | "Q">;

interface Own {
  readonly k: string;
  readonly ref: string;
  readonly d: Payload;
}

const KNOWN_VERSION = 1;
const THERE = ["P", "L", "X"];

export interface PlainSession {
  readonly id: string;
  readonly type: unknown;
  readonly title: unknown;
  readonly branches: unknown;
  readonly closed: boolean;
  readonly heads: unknown;
  readonly G: unknown;
  readonly Q: unknown;
  readonly marks: readonly (readonly [string, string, string, boolean])[];
  readonly watched: readonly (readonly [number, number])[];
  readonly notes: readonly string[];
  readonly feedback: readonly string[];
  readonly stands: readonly boolean[];
  readonly makeups: readonly string[];
  readonly results: readonly (readonly [string, unknown, boolean])[];
  readonly openTasks: readonly string[];
  readonly guests: readonly (readonly [string, number])[];
  readonly paper: string | null;
  readonly attended: number;
  readonly covered: number;
  readonly debts: readonly string[];
}

export function reducePlainly(records: readonly StoredRecord[]): PlainSession[] {
  return records
    .filter(({ record }) => record.k === "session.open" && record.v === KNOWN_VERSION)
    .map((opening) => {
      const id = `${opening.e}-${opening.s}`;
      const own = records
        .slice(records.indexOf(opening) + 1)
        .filter(({ record }) => record.d.session === id && record.v === KNOWN_VERSION)
        .map(({ e, s, record }) => ({ k: record.k, ref: `${e}-${s}`, d: record.d }));
      return reduceOne(id, opening.record.d, own);
    });
}

function reduceOne(id: string, open: Payload, own: readonly Own[]): PlainSession {
  const end = own.findIndex(({ k }) => k === "session.close");
  const before = end < 0 ? own : own.slice(0, end);
  const after = end < 0 ? [] : own.slice(end + 1);
  const marks = marksOf(before);
  const { named, ...fields } = fieldsOf(open, before, own[end]);
  const made = of(after, "makeup").map(({ ref }) => ref);
  const stands = correct(id, after, { marks, fields, made, named });
  const makeups = of(after, "makeup").filter(({ ref }) => made.includes(ref));
  const people = listPeople(open, marks, id);
  const money = settle(open, people, makeups, own[end]);
  return {
    id,
    ...fields,
    closed: end >= 0,
    marks: people,
    watched: watchedOf(open, own),
    notes: newest(before, "note", ({ item, topic }) => `${item}/${topic}`),
    feedback: newest(before, "feedback", ({ item, question }) => `${item}/${question}`),
    stands,
    makeups: makeups.map(({ ref }) => ref),
    ...tasksOf(before, after, end >= 0),
    guests: named.flatMap(([guest, , struck], at) => (struck ? [] : [[guest, at + 1] as const])),
    paper:
      of(own, "paper")
        .map(({ d }) => String(d.result))
        .pop() ?? null,
    ...money,
  };
}

const of = (own: readonly Own[], kind: string) => own.filter(({ k }) => k === kind);

function marksOf(before: readonly Own[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { d, ref } of of(before, "attend")) {
    for (const [member, status] of d.marks as [string, string][]) {
      marks.set(member, { status, ref, corrected: false });
    }
  }
  return marks;
}

type Named = [guest: string, heads: "G" | "Q", struck: boolean];

const namedIn = (named: readonly Named[], heads: "G" | "Q") =>
  named.filter(([, own, struck]) => own === heads && !struck).length;

/** Typed totals, and those who were named: never fewer heads than names. */
function countGuests(before: readonly Own[]) {
  const heads = { G: 0, Q: 0 };
  const named: Named[] = [];
  for (const { k, d } of before) {
    if (k === "attend") typeHeads(heads, d.guests, named);
    if (k === "guest" && d.event === "came") nameGuest(heads, d, named);
    if (k === "guest" && d.event === "struck") strike(heads, d.guest, named);
  }
  return { ...heads, named };
}

type Heads = { G: number; Q: number };

function typeHeads(heads: Heads, typed: unknown, named: readonly Named[]): void {
  Object.assign(heads, typed);
  heads.G = Math.max(heads.G, namedIn(named, "G"));
  heads.Q = Math.max(heads.Q, namedIn(named, "Q"));
}

function nameGuest(heads: Heads, { guest, as }: Payload, named: Named[]): void {
  if (named.some(([known]) => known === guest)) return;
  const own = as === "public" ? "Q" : "G";
  named.push([String(guest), own, false]);
  heads[own] += 1;
}

function strike(heads: Heads, guest: unknown, named: readonly Named[]): boolean {
  const known = named.find(([one]) => one === guest);
  if (known === undefined || known[2]) return false;
  known[2] = true;
  heads[known[1]] -= 1;
  return true;
}

function fieldsOf(open: Payload, before: readonly Own[], end: Own | undefined) {
  const guests = countGuests(before);
  const asked = of(before, "headcount").map(({ d }) => d.heads);
  const heads = end?.d.heads ?? asked[asked.length - 1] ?? null;
  return { type: open.type, title: open.title, branches: open.branches, heads, ...guests };
}

interface Standing {
  readonly marks: Map<string, Mark>;
  readonly fields: Fields;
  readonly made: string[];
  readonly named: Named[];
}

/** Applies the corrections one by one; which of them stood. */
function correct(id: string, after: readonly Own[], standing: Standing): boolean[] {
  const fixes = after.filter(({ k }) => k === "attend.fix" || k === "session.fix");
  const written = new Set<string>();
  return fixes.map((fix) => {
    for (const { ref } of after.slice(0, after.indexOf(fix))) written.add(ref);
    return fix.k === "attend.fix" ? fixMark(id, fix, standing) : fixField(fix, standing, written);
  });
}

function fixMark(id: string, { d, ref }: Own, { marks }: Standing): boolean {
  const member = String(d.member);
  const now = marks.get(member) ?? { status: "-", ref: id };
  if (now.status !== d.from || now.ref !== d.ref) return false;
  marks.set(member, { status: String(d.to), ref, corrected: true });
  return true;
}

function fixField({ d }: Own, standing: Standing, written: ReadonlySet<string>): boolean {
  const { fields, made, named } = standing;
  if (d.field === "guest") return d.to === null && strike(fields as Heads, d.from, named);
  if (d.field === "makeup") return d.to === null && unmake(made, String(d.from), written);
  const field = d.field as keyof Fields;
  if (JSON.stringify(fields[field]) !== JSON.stringify(d.from)) return false;
  if (!FITS[field]?.(d.to)) return false;
  if ((field === "G" || field === "Q") && Number(d.to) < namedIn(named, field)) return false;
  Object.assign(fields, { [field]: d.to });
  return true;
}

function unmake(made: string[], ref: string, written: ReadonlySet<string>): boolean {
  const at = made.indexOf(ref);
  if (at < 0 || !written.has(ref)) return false;
  made.splice(at, 1);
  return true;
}

const isNumber = (value: unknown) => typeof value === "number";
const isWord = (value: unknown) => typeof value === "string" && value.length > 0;
const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: isWord,
  title: isWord,
  heads: (value) => value === null || isNumber(value),
  G: isNumber,
  Q: isNumber,
  branches: (value) => Array.isArray(value) && value.length > 0,
};

function listPeople(open: Payload, marks: ReadonlyMap<string, Mark>, id: string) {
  const expected = open.expected as string[];
  const others = [...marks.keys()].filter((member) => !expected.includes(member));
  return [...expected, ...others].map((member) => {
    const { status, ref, corrected } = marks.get(member) ?? {
      status: "-",
      ref: id,
      corrected: false,
    };
    return [member, status, ref, corrected] as const;
  });
}

/** Millisecond by millisecond. */
function watchedOf(open: Payload, own: readonly Own[]): [number, number][] {
  return (open.lessons as unknown[]).flatMap((_lesson, item): [number, number][] => {
    const mine = own.filter(({ k, d }) => (k === "play" || k === "cue") && d.item === item);
    const seen = new Set<number>();
    for (const { d } of of(mine, "play")) {
      for (let ms = Number(d.fromMs); ms < Number(d.toMs); ms += 1) seen.add(ms);
    }
    return seen.size > 0 ? [[item, seen.size]] : [];
  });
}

/** The newest of each key, written as key and content, sorted. */
function newest(before: readonly Own[], kind: string, key: (d: Payload) => string): string[] {
  const entries = of(before, kind).map(({ d }) => [key(d), JSON.stringify(d)] as const);
  const keys = [...new Set(entries.map(([one]) => one))].sort();
  return keys.map((one) => entries.filter(([other]) => other === one).pop()?.[1] ?? "");
}

function tasksOf(before: readonly Own[], after: readonly Own[], closed: boolean) {
  const keyOf = ({ d }: Own) => `${d.item}/${d.task}`;
  const given = [...new Set(of(before, "practise").map(keyOf))];
  const reported = of(after, "practise.result");
  const results = [...new Set(reported.map(keyOf))].sort().map((key) => {
    const all = reported.filter((one) => keyOf(one) === key);
    return [key, all[all.length - 1]?.d.ending, all.length > 1] as const;
  });
  const ended = results.filter(([, ending]) => ending !== "partly").map(([key]) => key);
  const openTasks = closed ? given.filter((key) => !ended.includes(key)).sort() : [];
  return { results, openTasks };
}

function settle(
  open: Payload,
  people: readonly (readonly [string, string, string, boolean])[],
  makeups: readonly Own[],
  end: Own | undefined,
) {
  const expected = people.filter(([member]) => (open.expected as string[]).includes(member));
  const there = expected.filter(([, status]) => THERE.includes(status)).length;
  const missing = expected.filter(([, status]) => status === "V" || status === "A");
  const count = (open.lessons as unknown[]).length;
  const items = count === 0 ? [null] : Array.from({ length: count }, (_, item) => item);
  const isPaid = (member: string, item: number | null) =>
    makeups.some(
      ({ d }) =>
        d.stage === undefined &&
        (d.members as string[]).includes(member) &&
        (d.item === null || d.item === item),
    );
  const whole = missing.filter(([member]) => items.every((item) => isPaid(member, item)));
  const debts = missing.flatMap(([member]) =>
    items.filter((item) => !isPaid(member, item)).map((item) => `${member}/${item}`),
  );
  return {
    attended: there,
    covered: there + whole.length,
    debts: end?.d.ending === "done" ? debts : [],
  };
}
