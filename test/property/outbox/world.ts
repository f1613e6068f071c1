/**
 * One state of box, network and county, as plain data, and every state that may come next. The box
 * decides by `src/county/outbox.ts`, the county by `console/server/ingest`: here is only the world
 * between them, which loses, doubles and reorders, and in which either side may forget.
 */
import type { CheckedBatch } from "../../../console/server/ingest/check-batch.ts";
import { ackOf } from "../../../console/server/ingest/commit.ts";
import { numbersBeneath } from "../../../console/server/ingest/other-history.ts";
import { advance, type Cursor, EMPTY_CURSOR } from "../../../console/server/ingest/ranges.ts";
import { numbersConcerned } from "../../../console/server/ingest/sort-out.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import {
  type Acknowledgement,
  noteAppended,
  noteSent,
  noteTime,
  type Outbox,
  planBatch,
} from "../../../src/county/outbox.ts";
import type { Rules } from "./rules.ts";

export interface Bounds {
  /** Records on the box before the first link. */
  readonly records: number;
  /** Records that the broadcaster writes later. */
  readonly writes: number;
  /** Messages on their way to the county, and to the box. */
  readonly up: number;
  readonly down: number;
  readonly crashes: number;
  readonly restores: number;
  readonly rollbacks: number;
}

/** A hash is one letter here: a record is its hash, and names the one before. */
interface Epoch {
  readonly name: string;
  /** First record that is still there. */
  readonly first: number;
  /** Of all that were ever written to it. */
  readonly hashes: string;
}

interface Held {
  readonly s: number;
  readonly h: string;
  readonly p: string;
}

interface Shelf {
  readonly cursor: Cursor;
  readonly records: readonly Held[];
  readonly conflicts: readonly Held[];
}

type County = Readonly<Record<string, Shelf>>;

type UpMessage =
  | { readonly kind: "birth"; readonly heads: readonly (readonly [string, number, string])[] }
  | {
      readonly kind: "batch";
      readonly epoch: string;
      readonly from: number;
      readonly prev: string;
      readonly hashes: string;
    };

/** What the county says to one message: for a birth, a word of each epoch. */
type Answer = readonly Acknowledgement[];

export interface World {
  readonly journal: readonly Epoch[];
  readonly outbox: Outbox;
  readonly kept: Readonly<Record<string, number>>;
  readonly up: readonly UpMessage[];
  readonly down: readonly Answer[];
  readonly county: County;
  readonly backup: County | null;
  readonly host: number;
  /** Letters given out: every record has its own. */
  readonly letters: number;
  readonly written: number;
  /** Lost with the box's disk before the county had them: nobody's fault. */
  readonly destroyed: string;
  readonly crashes: number;
  readonly restores: number;
  readonly rollbacks: number;
}

const BOX = "modelbox01";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** Before the first record of an epoch. */
const START = "0";
const NOTHING: Shelf = { cursor: EMPTY_CURSOR, records: [], conflicts: [] };

export class Model {
  readonly #rules: Rules;
  readonly #bounds: Bounds;

  constructor(rules: Rules, bounds: Bounds) {
    this.#rules = rules;
    this.#bounds = bounds;
  }

  first(): World {
    const { records } = this.#bounds;
    const journal = [{ name: "e1", first: 1, hashes: LETTERS.slice(0, records) }];
    return this.#connect({
      journal,
      outbox: this.#rules.open([]),
      kept: {},
      up: [],
      down: [],
      county: {},
      backup: null,
      host: 1,
      letters: records,
      written: 0,
      destroyed: "",
      crashes: 0,
      restores: 0,
      rollbacks: 0,
    });
  }

  next(world: World): World[] {
    return [
      ...this.#write(world),
      this.#connect(world),
      ...this.#send(world),
      ...this.#time(world),
      ...world.up.flatMap((message) => this.#arrive(world, message)),
      ...world.down.flatMap((answer) => this.#hear(world, answer)),
      ...this.#crash(world),
      ...this.#backUp(world),
      ...this.#restore(world),
      ...this.#rollBack(world),
    ];
  }

  /** Nothing is on its way, and the box believes that the county has it all. */
  isSettled({ outbox, up, down }: World): boolean {
    return (
      up.length === 0 &&
      down.length === 0 &&
      planBatch(outbox) === null &&
      outbox.epochs.every(({ cursor, inFlight }) => cursor !== null && inFlight.length === 0)
    );
  }

  /** Records that were written, and that the county does not hold. */
  missing({ county, letters, destroyed }: World): string {
    const held = new Set(
      Object.values(county).flatMap(({ records, conflicts }) =>
        [...records, ...conflicts].map(({ h }) => h),
      ),
    );
    return [...LETTERS.slice(0, letters)]
      .filter((letter) => !held.has(letter) && !destroyed.includes(letter))
      .join("");
  }

  /** Records that the county holds twice. */
  doubled({ county }: World): string {
    const all = Object.values(county).flatMap(({ records, conflicts }) =>
      [...records, ...conflicts].map(({ h }) => h),
    );
    return all.filter((h, at) => all.indexOf(h) !== at).join("");
  }

  #write(world: World): World[] {
    if (world.written >= this.#bounds.writes) return [];
    const letter = LETTERS.charAt(world.letters);
    const journal = world.journal.map((epoch, at) =>
      at === world.journal.length - 1 ? { ...epoch, hashes: epoch.hashes + letter } : epoch,
    );
    const { name, hashes } = last(journal);
    const outbox = noteAppended(world.outbox, name, hashes.length);
    const { letters, written } = world;
    return [{ ...world, journal, outbox, letters: letters + 1, written: written + 1 }];
  }

  /** A new link, whatever became of the old one; also what a new start of the county brings. */
  #connect(world: World): World {
    const extents = world.journal.map(extentOf);
    const kept = { ...world.kept, ...this.#rules.keep(world.outbox) };
    const opened = this.#rules.open(extents, String(world.host));
    const heads = world.journal.map(
      (epoch) => [epoch.name, headOf(epoch), hashAt(epoch, headOf(epoch)) ?? START] as const,
    );
    const outbox = this.#rules.reopen(opened, kept);
    const birth = { kind: "birth", heads } as const;
    return { ...world, kept, outbox, up: this.#add(world.up, birth, this.#bounds.up) };
  }

  #send(world: World): World[] {
    const plan = planBatch(world.outbox);
    const epoch = world.journal.find(({ name }) => name === plan?.epoch);
    if (plan === null || epoch === undefined) return [];
    // A batch may be shorter than planned, never empty.
    const ends = [...new Set([plan.from, plan.to])];
    return ends.map((to) => {
      const span = { from: plan.from, to, nowMs: 0 };
      const hashes = epoch.hashes.slice(plan.from - 1, to);
      const prev = hashAt(epoch, plan.from - 1) ?? START;
      const batch = { kind: "batch", epoch: epoch.name, from: plan.from, prev, hashes } as const;
      const sent = noteSent(world.outbox, epoch.name, span);
      const outbox = this.#rules.broken(sent, epoch.name, to);
      return { ...world, outbox, up: this.#add(world.up, batch, this.#bounds.up) };
    });
  }

  #time(world: World): World[] {
    const outbox = noteTime(world.outbox, Number.MAX_SAFE_INTEGER);
    // How long the next wait is does not matter in a world without clocks.
    return [{ ...world, outbox: { ...outbox, timeoutMs: world.outbox.timeoutMs } }];
  }

  /** Lost, dealt with once, or dealt with and coming again. */
  #arrive(world: World, message: UpMessage): World[] {
    const rest = { ...world, up: world.up.filter((other) => other !== message) };
    const done = message.kind === "birth" ? this.#answer(rest, message) : this.#take(rest, message);
    return [rest, done, { ...done, up: world.up }];
  }

  #answer(world: World, { heads }: UpMessage & { readonly kind: "birth" }): World {
    const answer = heads.map(([epoch, head, hash]) => {
      const shelf = world.county[epoch] ?? NOTHING;
      return this.#say(epoch, shelf, { ends: [{ s: head, h: hash }], host: world.host });
    });
    return { ...world, down: this.#add(world.down, answer, this.#bounds.down) };
  }

  #say(
    epoch: string,
    { cursor, records, conflicts }: Shelf,
    told: { readonly ends: readonly { s: number; h: string }[]; readonly host: number },
  ): Acknowledgement {
    const numbers = new Set(numbersBeneath(told.ends, conflicts));
    const held = records.filter(({ s }) => numbers.has(s));
    const holdings = { contig: cursor.contig, held, conflicts };
    const also = this.#rules.longestHeld(told.ends, holdings);
    const hash = records.find(({ s }) => s === cursor.contig)?.h ?? null;
    const facts = { also, hostEpoch: String(told.host), nowMs: 0 };
    return ackOf({ box: BOX, epoch }, { cursor: { ...cursor, hash, head: 0 }, ...facts });
  }

  #take(world: World, message: UpMessage & { readonly kind: "batch" }): World {
    const { epoch } = message;
    const batch = checkedBatch(message);
    const shelf = commit(this.#rules, world.county[epoch] ?? NOTHING, batch);
    const ends = batch.records.slice(-1).map(({ s, h }) => ({ s, h }));
    const said = this.#say(epoch, shelf, { ends, host: world.host });
    return {
      ...world,
      county: { ...world.county, [epoch]: shelf },
      down: this.#add(world.down, [said], this.#bounds.down),
    };
  }

  #hear(world: World, answer: Answer): World[] {
    const rest = { ...world, down: world.down.filter((other) => other !== answer) };
    const heard = answer.reduce<World>((before, said) => this.#hearOne(before, said), rest);
    return [rest, heard, { ...heard, down: world.down }];
  }

  #hearOne(world: World, said: Acknowledgement): World {
    const epoch = world.journal.find(({ name }) => name === said.epoch);
    if (epoch === undefined) return world;
    const outbox = this.#rules.acknowledged(world.outbox, said, (s) => hashAt(epoch, s));
    return this.#prune(this.#beginAgain({ ...world, outbox }), said);
  }

  /** An epoch that the county contradicts is left, and the county hears of the next one. */
  #beginAgain(world: World): World {
    const current = last(world.journal);
    if (this.#rules.contradiction(world.outbox, current.name) === null) return world;
    const name = `e${LETTERS.charAt(world.letters)}`;
    const added = { name, first: 1, hashes: LETTERS.charAt(world.letters) };
    return this.#connect({
      ...world,
      journal: [...world.journal, added],
      letters: world.letters + 1,
    });
  }

  #prune(world: World, { epoch, upTo }: Acknowledgement): World {
    if (!this.#rules.prunes) return world;
    const journal = world.journal.map((old) =>
      old.name === epoch ? { ...old, first: Math.max(old.first, upTo + 1) } : old,
    );
    return { ...world, journal };
  }

  /** What was taken and not committed is gone; the next start has another name. */
  #crash(world: World): World[] {
    if (world.crashes >= this.#bounds.crashes) return [];
    const { crashes, host } = world;
    return [this.#connect({ ...world, up: [], crashes: crashes + 1, host: host + 1 })];
  }

  #backUp(world: World): World[] {
    if (this.#bounds.restores === 0 || world.restores > 0) return [];
    return [{ ...world, backup: world.county }];
  }

  #restore(world: World): World[] {
    const { backup, restores, host } = world;
    if (backup === null || restores >= this.#bounds.restores || world.rollbacks > 0) return [];
    const county = backup;
    const next = { ...world, county, backup: null, up: [], restores: restores + 1, host: host + 1 };
    return [this.#connect(next)];
  }

  /** The box's disk is put back to any older image of it. */
  #rollBack(world: World): World[] {
    if (world.rollbacks >= this.#bounds.rollbacks || world.restores > 0) return [];
    return olderImages(world.journal).map((journal) => {
      const left = journal.map(({ hashes }) => hashes).join("");
      const gone = [...this.missing(world)].filter((letter) => !left.includes(letter));
      const destroyed = [...new Set([...world.destroyed, ...gone])].sort().join("");
      const outbox = this.#rules.open([]);
      return this.#connect({
        ...world,
        journal,
        outbox,
        destroyed,
        kept: {},
        rollbacks: world.rollbacks + 1,
      });
    });
  }

  /** The network holds so many; one more is lost, and the same twice is the same. */
  #add<T extends object>(messages: readonly T[], message: T, most: number): readonly T[] {
    const key = idOf(message);
    if (messages.length >= most || messages.some((other) => idOf(other) === key)) return messages;
    return [...messages, message].sort((a, b) => idOf(a) - idOf(b));
  }
}

/** One number for each value that was ever seen: states are many, their parts are few. */
const ids = new Map<string, number>();
const known = new WeakMap<object, number>();

function idOf(value: object): number {
  const found = known.get(value);
  if (found !== undefined) return found;
  const text = JSON.stringify(value);
  const id = ids.get(text) ?? ids.size;
  ids.set(text, id);
  known.set(value, id);
  return id;
}

/** Two worlds are the same when their keys are. */
export function keyOf(world: World): string {
  const { journal, outbox, kept, up, down, county, backup } = world;
  const parts = [journal, outbox, kept, up, down, county].map(idOf);
  const { host, letters, written, destroyed, crashes, restores, rollbacks } = world;
  const counts = [host, letters, written, destroyed, crashes, restores, rollbacks];
  return `${parts} ${backup === null ? "" : idOf(backup)} ${counts}`;
}

function last(journal: readonly Epoch[]): Epoch {
  const epoch = journal.at(-1);
  if (epoch === undefined) throw new Error("a journal has an epoch");
  return epoch;
}

function headOf({ hashes }: Epoch): number {
  return hashes.length;
}

function extentOf(epoch: Epoch) {
  return { epoch: epoch.name, first: epoch.first, head: headOf(epoch) };
}

function hashAt({ hashes }: Epoch, s: number): string | undefined {
  return s === 0 ? START : hashes[s - 1];
}

function olderImages(journal: readonly Epoch[]): Epoch[][] {
  const images: Epoch[][] = [];
  for (const [at, epoch] of journal.entries()) {
    for (let count = 1; count <= epoch.hashes.length; count += 1) {
      images.push([...journal.slice(0, at), { ...epoch, hashes: epoch.hashes.slice(0, count) }]);
    }
  }
  return images.slice(0, -1);
}

function checkedBatch({
  epoch,
  from,
  prev,
  hashes,
}: UpMessage & { readonly kind: "batch" }): CheckedBatch {
  const records = [...hashes].map((h, at) => {
    const p = at === 0 ? prev : hashes.charAt(at - 1);
    // The county's decisions look at these fields only.
    return { e: epoch, s: from + at, h, json: "", record: { p } } as unknown as StoredRecord;
  });
  return { box: BOX, epoch, prev, head: from + hashes.length - 1, records };
}

function commit(rules: Rules, shelf: Shelf, batch: CheckedBatch): Shelf {
  const concerned = new Set(numbersConcerned([batch]));
  const held = shelf.records.filter(({ s }) => concerned.has(s));
  const contradicting = shelf.conflicts.map(({ h }) => h);
  const { fresh, conflicts } = rules.sortOut({ held, contradicting }, [batch]);
  const toHeld = ({ s, h, record }: StoredRecord): Held => ({ s, h, p: record.p });
  const numbers = fresh.map(({ s }) => s);
  return {
    cursor: advance(shelf.cursor, numbers),
    records: inOrder([...shelf.records, ...fresh.map(toHeld)]),
    conflicts: inOrder([
      ...shelf.conflicts,
      ...conflicts.filter(({ h }) => !contradicting.includes(h)).map(toHeld),
    ]),
  };
}

function inOrder(records: readonly Held[]): Held[] {
  return [...records].sort((a, b) => a.s - b.s || (a.h < b.h ? -1 : 1));
}
