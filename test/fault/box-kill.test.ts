/**
 * Goal: what the real service on a real disk answered as saved is in its journal exactly once,
 * however often it is killed. This process is the witness: it says marks over the link as a page
 * does, keeps every answer, and says again after a restart what was not answered.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { Intent } from "../../protocol/generated/types.ts";
import { verifyRegister } from "../../src/register/read-register.ts";
import { TestBox } from "../support/box.ts";
import { PageLink } from "../support/page-link.ts";
import { makeChance } from "../support/power-cuts.ts";
import { oneRoom, ROOT } from "../support/process.ts";

const ALL = process.env["ONE_ROOM_FAULT"] === "all";
/** `npm run fault -- kills 10000` asks for more. */
const KILLS = Number(process.env["ONE_ROOM_FAULT_COUNT"] ?? 100);
/** Then its journal is judged, and another box begins. */
const KILLS_PER_BOX = 50;
/** So many boxes live at once: they wait for their disk more than they reckon. */
const LANES = ALL ? 4 : 2;
const SEED = Number(process.env["ONE_ROOM_FAULT_SEED"] ?? 20260305);
const ANSWERS_MAX_PER_LIFE = 8;
/** More than a page ever has: so a kill meets intents at every point of their way. */
const UNDER_WAY = 3;
/** About as long as a record takes. */
const RECORD_MS = 4;

/** Where the long run stands: it goes on there when it was broken off. */
const PROGRESS = join(ROOT, ".build/fault/box-kills.json");

/** The boxes that were judged. */
interface Progress {
  readonly seed: number;
  readonly boxes: Record<number, { readonly kills: number; readonly answered: number }>;
}

function readProgress(): Progress {
  const none = { seed: SEED, boxes: {} };
  if (!ALL || !existsSync(PROGRESS)) return none;
  const found = JSON.parse(readFileSync(PROGRESS, "utf8")) as Progress;
  return found.seed === SEED ? found : none;
}

function totals({ boxes }: Progress): { kills: number; answered: number } {
  const all = Object.values(boxes);
  const sum = (of: "kills" | "answered") => all.reduce((before, box) => before + box[of], 0);
  return { kills: sum("kills"), answered: sum("answered") };
}

function keepProgress(progress: Progress): void {
  if (!ALL) return;
  mkdirSync(join(ROOT, ".build/fault"), { recursive: true });
  writeFileSync(PROGRESS, JSON.stringify(progress));
  const { kills, answered } = totals(progress);
  process.stdout.write(`seed ${SEED}: ${kills} of ${KILLS} kills, ${answered} answers\n`);
}

interface Life {
  readonly answers: number;
  readonly moreMs: number;
}

interface Said {
  readonly id: string;
  readonly intent: Intent;
}

/** What the page knows: it outlives the service. */
class Witness {
  readonly answered: string[] = [];
  readonly refused: string[] = [];
  #unanswered: Said[] = [];
  #members: string[] = [];
  #count = 0;
  /** How long the last start took. */
  startMs = 0;

  /** Says marks, several at once, until so many answers were heard and a moment went by; kills. */
  async live(box: TestBox, { answers, moreMs }: Life): Promise<void> {
    const before = performance.now();
    await box.start();
    this.startMs = performance.now() - before;
    const link = await PageLink.open(box.page);
    await this.#openSession(link);
    const wanted = this.answered.length + answers;
    let killed: Promise<void> | null = null;
    const saidBefore = this.#unanswered;
    this.#unanswered = [];
    const lane = async (): Promise<void> => {
      while (!link.broken) {
        const said = saidBefore.shift() ?? this.#next();
        await this.#say(link, said);
        if (this.answered.length >= wanted) killed ??= pause(moreMs).then(() => box.kill());
      }
    };
    await Promise.all(Array.from({ length: UNDER_WAY }, lane));
    await killed;
    this.#unanswered.push(...saidBefore);
    link.close();
  }

  async #openSession(link: PageLink): Promise<void> {
    if (this.#members.length > 0) return;
    const type = "branch-committee";
    await link.ask("box-kill-open-x", { kind: "open-session", type, lessons: [] });
    await link.until(({ session }) => session !== null);
    this.#members = await link.memberIds();
  }

  async #say(link: PageLink, said: Said): Promise<void> {
    const answer = await link.ask(said.id, said.intent);
    if (answer === null) this.#unanswered.push(said);
    else if (answer.ok) this.answered.push(said.id);
    else this.refused.push(`${said.id} ${answer.error?.code}`);
  }

  /** No mark is the one that stands already: each is a record. */
  #next(): Said {
    const at = this.#count;
    this.#count += 1;
    const member = this.#members[at % this.#members.length] ?? "";
    const status = Math.floor(at / this.#members.length) % 2 === 0 ? "P" : "L";
    return { id: `kill-${at}-x`, intent: { kind: "mark", how: "call", marks: [[member, status]] } };
  }
}

const boxes = new Set<TestBox>();
afterEach(async () => {
  await Promise.all([...boxes].map((box) => box.remove()));
});

/** Intent to the records that bear it. */
async function intentsIn(data: string): Promise<Map<string, Set<string>>> {
  const intents = new Map<string, Set<string>>();
  await verifyRegister({
    disk: new NodeDisk(data),
    folder: "register",
    sha256: nodeSha256,
    onRecord({ e, s, record: { r } }) {
      if (r !== undefined) intents.set(r, (intents.get(r) ?? new Set()).add(`${e} ${s}`));
    },
  });
  return intents;
}

async function judge(data: string, { answered, refused }: Witness): Promise<void> {
  const verified = await oneRoom("register", "verify", "--data", data, "--json");
  const intents = await intentsIn(data);
  expect(refused).toEqual([]);
  expect(new Set(answered).size).toBe(answered.length);
  expect(answered.filter((id) => !intents.has(id))).toEqual([]);
  expect([...intents].filter(([, records]) => records.size !== 1)).toEqual([]);
  const verdict = JSON.parse(verified.stdout) as { epochs: unknown[] };
  expect(verdict, verified.stderr).toMatchObject({ ok: true, damage: [] });
  expect(verdict.epochs).toHaveLength(1);
}

/** One box's lives, all in one folder; how many answers were heard. */
async function liveAndDie(kills: number, seed: number): Promise<number> {
  const chance = makeChance(seed);
  const witness = new Witness();
  const box = await TestBox.makeBare();
  boxes.add(box);
  for (let kill = 1; kill <= kills; kill += 1) {
    // As long as a start takes here and now.
    const inStart = kill > 1 && chance.below(2) === 0;
    if (inStart) {
      await box.startAndKill(chance.below(Math.ceil(witness.startMs)));
      continue;
    }
    const answers = 1 + chance.below(ANSWERS_MAX_PER_LIFE);
    await witness.live(box, { answers, moreMs: chance.below(RECORD_MS) });
  }
  // What the last life left unfinished is put right by the next start, as in a room.
  await box.start();
  await box.stop();
  await judge(box.data, witness);
  await box.remove();
  boxes.delete(box);
  return witness.answered.length;
}

test(
  `J4: after ${KILLS} kills of the real service each answered mark is there once (seed ${SEED})`,
  async () => {
    const progress = readProgress();
    const waiting = Array.from({ length: Math.ceil(KILLS / KILLS_PER_BOX) }, (_, at) => at);
    const lane = async (): Promise<void> => {
      for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
        if (progress.boxes[at] !== undefined) continue;
        const kills = Math.min(KILLS_PER_BOX, KILLS - at * KILLS_PER_BOX);
        const answered = await liveAndDie(kills, SEED + at * 7919);
        progress.boxes[at] = { kills, answered };
        keepProgress(progress);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const { kills, answered } = totals(progress);
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    expect(answered).toBeGreaterThan(KILLS / 2);
  },
  Math.max(240_000, KILLS * 3000),
);
