/**
 * Goal: a lesson that a county publishes comes to a real box by itself, and the county sees what
 * came of it. Method: the real county as origin, the real box, a window that is open now.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCatalogue } from "../../console/supply/catalogue/manage-keys.ts";
import { publishLessons } from "../../console/supply/catalogue/publish.ts";
import { supplyTroubles } from "../../console/web/words/supply-words.ts";
import type {
  BoxSupply,
  CountySession,
  RefreshLine,
  SupplyState,
} from "../../protocol/console-api.ts";
import type {
  Intent,
  LessonCard,
  LessonManifest,
  SupplySettings,
  View,
} from "../../protocol/generated/types.ts";
import { DEFAULT_SUPPLY } from "../../protocol/supply-settings.ts";
import {
  killCounty,
  makeFolder,
  type RunningCounty,
  removeFolder,
  startCounty,
  until,
} from "../fault/county-support.ts";
import { PageLink } from "../support/page-link.ts";
import { type Program, ROOT, readyLine, startNode } from "../support/process.ts";

const DAY_MINUTES = 1440;
const LESSON = "study-day-howto";
const folders: string[] = [];
const boxes: Program[] = [];
let county: RunningCounty;
let publisher: Publisher;
let box: RunningBox;

beforeAll(async () => {
  const folder = newFolder();
  county = await startCounty(folder);
  box = await startBox(newFolder());
  publisher = newPublisher(folder);
});

afterAll(async () => {
  for (const each of boxes.splice(0)) {
    each.kill("SIGKILL");
    await each.ended;
  }
  await killCounty(county);
  for (const folder of folders.splice(0)) removeFolder(folder);
});

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

interface RunningBox {
  readonly id: string;
  readonly data: string;
  readonly page: string;
  /** As the page asks: to the box that is somebody who is there, and no refresh begins. */
  lessons(): Promise<LessonCard[]>;
}

async function startBox(data: string): Promise<RunningBox> {
  const program = startNode(["dist/box/box.mjs", "--data", data, "--port", "0"]);
  boxes.push(program);
  const { boxId: id, page } = await readyLine<{ boxId: string; page: string }>(program);
  const opened = await fetch(page);
  const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
  return {
    ...{ id, data, page },
    lessons: async () =>
      (await (
        await fetch(new URL("/api/lessons", page), { headers: { cookie } })
      ).json()) as LessonCard[],
  };
}

async function enrol(running: RunningCounty, { id, data }: RunningBox): Promise<void> {
  const file = join(data, "county.json");
  writeFileSync(`${file}.part`, JSON.stringify(await running.enrol(id)), { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

/** A county's publisher: its keys in a drawer, the tree in the console's folder. */
function newPublisher(data: string) {
  const place = { tree: join(data, "county/origin"), keysFolder: join(data, "drawer") };
  const common = () => ({ ...place, nowMs: Date.now() });
  let count = 0;
  return {
    ...place,
    async begin() {
      mkdirSync(join(data, "county"), { recursive: true, mode: 0o700 });
      await makeCatalogue({ ...common(), rootKeys: 3, threshold: 2 });
      const keys = join(data, "county/keys/catalogue");
      mkdirSync(keys, { recursive: true, mode: 0o700 });
      cpSync(join(place.keysFolder, "online-1.pem"), join(keys, "online-1.pem"));
    },
    /** The sample again, under another name or version, with a poster of its own. */
    async publish(more: Partial<LessonManifest> = {}): Promise<string> {
      count += 1;
      const folder = join(data, `package-${count}`);
      cpSync(join(ROOT, "samples", LESSON), folder, { recursive: true });
      const poster = changePoster(folder, `poster of package ${count}`);
      const path = join(folder, "manifest.json");
      const manifest = JSON.parse(readFileSync(path, "utf8")) as LessonManifest;
      writeFileSync(path, JSON.stringify({ ...manifest, ...more }));
      const options = { ...common(), priority: 0, withoutFilm: true };
      const result = await publishLessons([folder], options);
      if (!result.ok) throw new Error(result.text);
      return join(place.tree, "blobs", poster.slice(0, 2), poster);
    },
  };
}

type Publisher = ReturnType<typeof newPublisher>;

/** Other bytes, and a manifest that fits them. */
function changePoster(folder: string, text: string): string {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as LessonManifest;
  const poster = manifest.files.find((file) => file.path === manifest.entry.poster);
  if (poster === undefined) throw new Error("the sample has no poster");
  const sha256 = createHash("sha256").update(text).digest("hex");
  writeFileSync(join(folder, poster.path), text);
  const browse = manifest.bytes.browse - poster.bytes + text.length;
  Object.assign(poster, { sha256, bytes: text.length });
  writeFileSync(path, JSON.stringify({ ...manifest, bytes: { ...manifest.bytes, browse } }));
  return sha256;
}

/** A segment of the sample's film in the box's cache, and its path in the lesson. */
function aSegment(data: string): { segment: string; path: string } {
  const manifest = readFileSync(join(ROOT, "samples", LESSON, "manifest.json"), "utf8");
  const { files } = JSON.parse(manifest) as LessonManifest;
  const file = files.find(({ path }) => path.endsWith(".m4s"));
  if (file === undefined) throw new Error("the sample has no segment");
  const { sha256, path } = file;
  return { segment: join(data, "cache/blobs", sha256.slice(0, 2), sha256), path };
}

/** Open now, and all of an hour: every box may begin at once, nobody has to be quiet before. */
function openNow(): SupplySettings {
  const minute = Math.floor((Date.now() / 60_000 + 480) % DAY_MINUTES);
  const window = {
    fromMinute: (minute - 2 + DAY_MINUTES) % DAY_MINUTES,
    toMinute: (minute + 58) % DAY_MINUTES,
  };
  return { ...DEFAULT_SUPPLY, window, maxKbps: 1_000_000, quietMinutes: 0, trickle: false };
}

async function untilBox(fits: (line: BoxSupply) => boolean): Promise<BoxSupply> {
  const { boxes: all } = await until(
    () => county.get<SupplyState>("/api/supply"),
    (state) => state.boxes.some(fits),
  );
  return all.find(fits) as BoxSupply;
}

/** Empty, too, while the county has not heard of the session yet. */
async function wordsAtCounty(session: string): Promise<CountySession["lessons"]> {
  const answer = await county.ask("GET", `/api/sessions/${box.id}/${session}`);
  return answer.ok ? ((await answer.json()) as CountySession).lessons : {};
}

const askFor = () => county.ask("POST", `/api/boxes/${box.id}/refresh`, {});

test("a box that was enrolled before anything was published has the lesson after its window", async () => {
  await enrol(county, box);
  expect((await county.get<SupplyState>("/api/supply")).catalogue).toBeNull();
  await publisher.begin();
  await publisher.publish();
  const answer = await county.ask("PUT", "/api/supply/settings", openNow());
  expect(answer.status).toBe(204);

  // The record of the refresh and the box's state come by two ways.
  const line = await untilBox(({ last, nights, lessonsReady }) => {
    return last?.refresh.end === "done" && nights?.doneOn !== null && lessonsReady === 1;
  });
  expect(line.last?.refresh).toMatchObject({ mode: "night", added: [LESSON], failed: [] });
  expect(line.last?.refresh.bytes).toBeGreaterThan(4_000_000);
  expect(line).toMatchObject({ lessonsReady: 1, lessonsTotal: 1, nights: { alarms: [] } });
  const { catalogue, settings } = await county.get<SupplyState>("/api/supply");
  expect(catalogue?.lessons.map(({ id }) => id)).toEqual([LESSON]);
  expect(settings.maxKbps).toBe(1_000_000);
});

test("a newer version takes the older one's place when the county asks for it", async () => {
  await publisher.publish({ version: 2, title: "第二版" });
  expect((await askFor()).status).toBe(204);
  const line = await untilBox(({ last }) => last?.refresh.mode === "asked");
  expect(line.last?.refresh).toMatchObject({ end: "done", added: [LESSON] });
  // All but the poster is the same: it is here already.
  expect(line.last?.refresh.bytes).toBeLessThan(100_000);
});

test("a segment that rots while it plays: one sentence, the session goes on, the lesson heals", async () => {
  const link = await PageLink.open(box.page);
  let asked = 0;
  const done = async (intent: Intent) => {
    asked += 1;
    expect(await link.ask(`overnight-${asked}-x`, intent), intent.kind).toMatchObject({ ok: true });
    return link.until(() => true);
  };
  const stageOf = ({ session }: View) => session?.flow[session.at]?.id ?? "";
  let view = await done({ kind: "open-session", type: "study-day", lessons: [LESSON] });
  while (stageOf(view) !== "s2") {
    view = await done({ kind: "advance", from: view.session?.at ?? 0 });
    view = await link.until(({ session }) => session !== null);
  }
  const { segment, path } = aSegment(box.data);
  const rotten = readFileSync(segment).fill(0, 1000, 2000);
  rmSync(segment);
  writeFileSync(segment, rotten);
  const url = `/l/${LESSON}/2/${path}`;
  const at = { from: view.session?.at ?? 0, atMs: 1000 };
  await done({ kind: "film-failed", code: "fragParsingError", url, ...at });
  view = await link.until(({ banners }) => banners.some(({ code }) => code === "film"));
  const said = view.banners.find(({ code }) => code === "film")?.text ?? "";
  expect(said.split(/[。!]/).filter((part) => part !== "").length).toBeLessThanOrEqual(2);
  // 播后讨论 is next: people talk about what they saw.
  expect(stageOf(view)).toBe("s4");
  expect((await box.lessons())[0]).toMatchObject({ state: "quarantined", supplied: true });
  await done({ kind: "abandon" });
  link.close();
  // Nobody gave the county the lesson's words: it read them from the tree.
  await until(
    () => wordsAtCounty(view.session?.id ?? ""),
    (words) => words[LESSON]?.title === "第二版",
  );

  await askFor();
  await until(
    () => Promise.resolve(statSync(segment, { throwIfNoEntry: false })?.size ?? 0),
    (size) => size > 0,
  );
  await untilBox(({ lessonsReady }) => lessonsReady === 1);
  expect((await box.lessons())[0]).toMatchObject({ state: "ready" });
});

test("what the origin lacks is named, and comes as soon as it is there", async () => {
  const poster = await publisher.publish({ id: "another", number: "2001" });
  const bytes = readFileSync(poster);
  rmSync(poster);
  await askFor();
  const lacking = await untilBox(({ last }) => (last?.refresh.failed.length ?? 0) > 0);
  expect(lacking.last?.refresh).toMatchObject({
    ...{ mode: "asked", added: [] },
    failed: [{ lesson: "another", why: "missing" }],
  });
  writeFileSync(poster, bytes);
  await askFor();
  await untilBox(({ last }) => last?.refresh.added.includes("another") === true);
  const history = await county.get<RefreshLine[]>(`/api/boxes/${box.id}/refreshes`);
  expect(history.map(({ refresh }) => refresh.added)).toEqual([
    ...[["another"], []],
    // Mended, the second version, the first.
    ...[[], [LESSON], [LESSON]],
  ]);
  expect(history.flatMap(({ refresh }) => refresh.mended ?? [])).toEqual([LESSON]);
});

test("a catalogue that strangers signed is refused, the county sees why, and the box plays on", async () => {
  const strangers = newPublisher(newFolder());
  await strangers.begin();
  for (let version = 1; version <= 6; version += 1) await strangers.publish({ version });
  const timestamp = "metadata/timestamp.json";
  cpSync(join(strangers.tree, timestamp), join(publisher.tree, timestamp));
  await askFor();
  const line = await untilBox(({ nights }) => nights?.tried?.end === "bad-catalogue");
  expect(line.last?.refresh).toMatchObject({
    end: "bad-catalogue",
    catalogue: "refused: timestamp unsigned",
  });
  expect(supplyTroubles(line)).toEqual(["片源目录不可信，没有收（不是本县的私钥签的）"]);
  expect((await box.lessons()).map(({ version, state }) => [version, state])).toEqual([
    [2, "ready"],
    [1, "ready"],
  ]);
});
