/** A room over a real register on a fake disk; it can lose its power and start again. */
import { expect } from "vitest";
import type { FakeDisk } from "../../platform/fake/fake-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { TvPower } from "../../platform/ports/tv-power.ts";
import type {
  Intent,
  Member,
  NightState,
  Plan,
  Roster,
  SessionView,
  View,
  WallSource,
} from "../../protocol/generated/types.ts";
import { isView } from "../../protocol/generated/validators.js";
import type { SupplyState } from "../../protocol/page-api.ts";
import { openRegister } from "../../src/register/open-register.ts";
import type { Register } from "../../src/register/register.ts";
import type { IntentAnswer } from "../../src/room/answers.ts";
import type { RoomDocuments, RoomNotes } from "../../src/room/documents.ts";
import { Room } from "../../src/room/room.ts";
import type { RoomSupply, SettingsStore } from "../../src/room/room-ports.ts";
import type { SpotStore } from "../../src/room/spot.ts";
import { FakeLibrary, MATERIAL } from "./lessons.ts";
import { makeFakeMachine } from "./open-fake-register.ts";

class FakeDocuments implements RoomDocuments {
  readonly files = new Map<string, Uint8Array>();
  load(kind: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.files.get(kind) ?? null);
  }
  save(kind: string, bytes: Uint8Array): Promise<void> {
    this.files.set(kind, bytes);
    return Promise.resolve();
  }
  replace(kind: string, bytes: Uint8Array): Promise<void> {
    return this.save(kind, bytes);
  }
}

class FakeNotes implements RoomNotes {
  readonly files = new Map<string, Uint8Array>();
  list(): Promise<string[]> {
    return Promise.resolve([...this.files.keys()]);
  }
  load(sha256: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.files.get(sha256) ?? null);
  }
  save(sha256: string, bytes: Uint8Array): Promise<void> {
    this.files.set(sha256, bytes);
    return Promise.resolve();
  }
  erase(sha256: string): Promise<void> {
    this.files.delete(sha256);
    return Promise.resolve();
  }
}

export class FakeSpots implements SpotStore {
  readonly files: (Uint8Array | null)[] = [null, null];
  saves = 0;
  load(): Promise<readonly (Uint8Array | null)[]> {
    return Promise.resolve([...this.files]);
  }
  save(slot: number, bytes: Uint8Array): Promise<void> {
    this.files[slot] = bytes;
    this.saves += 1;
    return Promise.resolve();
  }
}

/** Of a TV that was set up; with `file` null it never was. */
export class FakeSettings implements SettingsStore {
  file: Uint8Array | null = bytesOf({ setUp: true });
  load(): Promise<Uint8Array | null> {
    return Promise.resolve(this.file);
  }
  save(bytes: Uint8Array): Promise<void> {
    this.file = bytes;
    return Promise.resolve();
  }
}

/** A county that publishes these lessons, and brings what is asked for when it is told to. */
export class FakeSupply implements RoomSupply {
  readonly asked: string[] = [];
  nights: NightState = {
    ...{ doneOn: "2026-03-05", nextMs: 300_000, alarms: [], wanted: [] },
    tried: { agoMs: 60_000, end: "done" },
  };
  readonly #titles: Readonly<Record<string, string>>;
  /** Ids of lessons that are made for a newer program. */
  readonly beyond = new Set<string>();

  constructor(titles: Readonly<Record<string, string>>) {
    this.#titles = titles;
  }

  lessons() {
    return Object.entries(this.#titles).map(([id, title], index) => ({
      ...{ id, title, version: 1, number: String(5001 + index), category: "农技" },
      ...{ initials: "x", durationMs: 600_000, isBeyond: this.beyond.has(id) },
    }));
  }

  wanted(): readonly string[] {
    return this.asked;
  }

  want(id: string): Promise<void> {
    this.asked.push(id);
    return Promise.resolve();
  }

  state(): SupplyState {
    return { nights: this.nights, window: { fromMinute: 90, toMinute: 330 } };
  }
}

export function makeMember(no: number, more: Partial<Member> = {}): Member {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  const id = `member${letters[Math.floor(no / 32) % 32]}${letters[no % 32]}`;
  const rest = { initials: "x", branch: "b1", group: "", management: "direct" } as const;
  return { id, no, name: `同志${no}`, ...rest, status: "active", roles: [], ...more };
}

export function makeRoster(count: number, version = 1): Roster {
  return {
    schema: "one-room.roster/1",
    version,
    branches: [{ id: "b1", name: "河湾村党支部", kind: "village" }],
    members: Array.from({ length: count }, (_, index) => makeMember(index + 1)),
  };
}

export function bytesOf(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

/** The program of these rooms: no clock is right before. */
export const BUILT_AT = Date.UTC(2026, 1, 1);

export class FakeRoom {
  readonly machine = makeFakeMachine();
  /** A second volume for copy B; null: it is not plugged in. Undefined: none is wanted. */
  stick: FakeDisk | null | undefined;
  readonly library = new FakeLibrary();
  readonly documents = new FakeDocuments();
  readonly notes = new FakeNotes();
  readonly spots = new FakeSpots();
  readonly settings = new FakeSettings();
  readonly logged: string[] = [];
  wallSource: WallSource = "county";
  /** Null: a TV that says nothing, and of which nothing is written down. */
  tv: TvPower | null = null;
  /** Null: no county supplies this room. */
  supply: FakeSupply | null = null;
  room!: Room;
  register!: Register;
  #frames = 0;
  #intents = 0;

  constructor() {
    this.library.lessons.set("rice", MATERIAL);
    this.library.lessons.set("fire", MATERIAL);
  }

  /** Starts it, as after a power cut when it ran before. */
  async start(): Promise<this> {
    this.register = await openRegister({
      ...this.machine,
      folder: "register",
      wallSource: () => this.wallSource,
      sha256: nodeSha256,
      software: "test",
      builtAt: BUILT_AT,
      ...(this.stick === undefined ? {} : { mirror: () => Promise.resolve(this.stick ?? null) }),
    });
    const site = { name: "河湾村", broadcasterWord: "播放员", scale: "standard" } as const;
    this.room = new Room({
      register: this.register,
      library: this.library,
      documents: this.documents,
      notes: this.notes,
      spots: this.spots,
      clock: this.machine.clock,
      ...(this.tv === null ? {} : { tv: this.tv }),
      ...(this.supply === null ? {} : { supply: this.supply }),
      sha256: nodeSha256,
      site: { ...site, screen: null, utcOffsetMinutes: 480 },
      settings: this.settings,
      software: "test",
      space: () => this.machine.disk.space(),
      log: (event) => this.logged.push(event),
    });
    await this.room.start();
    return this;
  }

  async give(kind: "roster" | "plan" | "method" | "notices", document: unknown) {
    return this.room.takeDocument(kind, bytesOf(document), "file");
  }

  do(intent: Intent, id = `intent-${++this.#intents}-x`): Promise<IntentAnswer> {
    return this.room.handle(id, intent);
  }

  /** Does what must succeed. */
  async done(...intents: Intent[]): Promise<void> {
    for (const intent of intents) expect(await this.do(intent), intent.kind).toEqual({ ok: true });
  }

  async advance(times = 1): Promise<void> {
    for (let i = 0; i < times; i += 1) await this.done({ kind: "advance", from: this.session.at });
  }

  /** The view, and that it is what the page was promised. */
  get view(): View {
    const view = this.room.view();
    if (!isView(view)) expect(isView.errors).toBeNull();
    return view;
  }

  get session(): SessionView {
    const { session } = this.view;
    if (session === null) throw new Error("no session on the screen");
    return session as SessionView;
  }

  get stage(): string {
    return this.session.flow[this.session.at]?.id ?? "";
  }

  /** The film plays for so many seconds, reported each second. */
  play(seconds: number, more: { rate?: number; still?: boolean; speed?: number } = {}): void {
    const { id, item, film } = this.session;
    const fromMs = film?.atMs ?? 0;
    for (let second = 0; second <= seconds; second += 1) {
      if (second > 0) this.machine.clock.advance(1000);
      if (!more.still) this.#frames += 25;
      const atMs = fromMs + second * 1000 * (more.speed ?? 1);
      const report = { session: id, item, atMs, playing: true, frames: this.#frames };
      this.room.position({ kind: "position", ...report, rate: more.rate ?? 1 });
    }
  }

  spans(session: string): (readonly [number, number])[] {
    const [line] = this.register.fold.session(session)?.viewing ?? [];
    return [...(line?.spans ?? [])];
  }
}

/** A room whose wall clock nobody vouches for. */
export async function startUnsureRoom(wallUnixMs: number): Promise<FakeRoom> {
  const fake = new FakeRoom();
  fake.wallSource = "none";
  fake.machine.clock.setWall(wallUnixMs);
  await fake.start();
  await fake.give("roster", makeRoster(3));
  return fake;
}

export async function startRoom(members = 3): Promise<FakeRoom> {
  const fake = await new FakeRoom().start();
  if (members > 0) await fake.give("roster", makeRoster(members));
  return fake;
}

export function makePlan(days: Plan["days"]): Plan {
  return { schema: "one-room.plan/1", version: 1, days };
}
