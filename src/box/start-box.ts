/** Starts the parts of the box in their order, and stops them in the reverse one. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { LessonLibrary } from "../../media-cache/library.ts";
import { openLibrary } from "../../media-cache/open-library.ts";
import { LinuxTvPower } from "../../platform/linux/linux-tv-power.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { NodeClock } from "../../platform/node/node-clock.ts";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { openMirror } from "../../platform/node/node-mirror-disk.ts";
import { nodeRandom } from "../../platform/node/node-random.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import { type Door, openDoor } from "../link/door.ts";
import { openRegister } from "../register/open-register.ts";
import type { Register } from "../register/register.ts";
import { Room } from "../room/room.ts";
import type { RoomOptions } from "../room/room-ports.ts";
import { type BoxArgs, DEFAULT_PORT, parseBoxArgs } from "./args.ts";
import {
  loadEnrolment,
  openRoomDocuments,
  openRoomNotes,
  openSettings,
  openSpotStore,
} from "./box-files.ts";
import { openBoxTime } from "./box-time.ts";
import { BUILT_AT } from "./built-at.ts";
import { joinCounty } from "./county.ts";
import { explainDiskErrors, openDataFolder } from "./data-folder.ts";
import { watchFiles } from "./files-watch.ts";
import { type Log, openLog } from "./log.ts";
import { Nights } from "./night.ts";
import { Offer } from "./offer.ts";
import { SOFTWARE, VERSION } from "./software.ts";
import { StartError } from "./start-error.ts";
import { openToken } from "./token.ts";

export interface RunningBox {
  readonly ready: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

const SITE = {
  name: "",
  broadcasterWord: "播放员",
  scale: "standard",
  screen: null,
  utcOffsetMinutes: 480,
} as const;

/** @throws StartError */
export async function startBox(argv: readonly string[]): Promise<RunningBox> {
  const args = parseBoxArgs(argv);
  const data = resolve(args.data);
  const clock = new NodeClock();
  const folder = await openDataFolder(data, clock.bootId);
  try {
    return await explainDiskErrors(data, () => startParts(args, { data, clock, folder }));
  } catch (error) {
    folder.release();
    throw error;
  }
}

interface Ground {
  readonly data: string;
  readonly clock: NodeClock;
  readonly folder: { release(): void };
}

async function startParts(args: BoxArgs, { data, clock, folder }: Ground): Promise<RunningBox> {
  const log = openLog(() => clock.wallUnixMs());
  const time = await openBoxTime(clock);
  const { wall } = time;
  const wallSource = () => wall.source();
  const disk = new NodeDisk(data);
  const machine = { clock, wallSource, sha256: nodeSha256, random: nodeRandom };
  const program = { software: SOFTWARE, builtAt: BUILT_AT, disk, folder: "register" };
  const mirror = args.mirror === null ? {} : { mirror: mirrorAt(resolve(args.mirror)) };
  const enrolmentPath = args.county ?? join(data, "county.json");
  const identity = await identityIn(enrolmentPath);
  const register = await openRegister({ ...machine, ...program, ...mirror, ...identity });
  const cacheDir = join(data, "cache");
  const blobs = new NodeBlobDisk();
  const offer = new Offer();
  const library = await openLessons(cacheDir, blobs, offer);
  const room = makeRoom({ ...machine, register, library, data, disk, log, supply: offer });
  const onLook = () => void room.lookAtTv();
  const clocks = await time.follow(register, { log, onFix: () => room.refresh(), onLook });
  await room.start();
  const token = await openToken(data, clock.bootId, nodeRandom);
  const pages = { alive: () => {}, pages: (count: number) => room.setPages(count) };
  const pageFolder = args.tv ?? fileURLToPath(new URL("../tv", import.meta.url));
  const door = await openOnPort(args.port, data, (port) =>
    openDoor({ port, token, pageFolder, room, library, watch: pages }),
  );
  await writeDurableFile(join(data, "run/port"), `${door.port}\n`);
  const parts = { data, enrolmentPath, software: SOFTWARE, register, room, library, disk, clock };
  const onLessons = async () => {
    await library.refresh();
    room.refresh();
  };
  const stopTending = tendRegister(register, () => room.refresh(), log);
  const nights = new Nights({ ...parts, blobs, cacheDir, offer, onLessons, log });
  const county = await joinCounty({ ...parts, ...clocks, wall, log, nights });
  const stopWatching = watchFiles({ data, room, onLessons, log });
  void openPlanned(room, library);
  const page = `http://127.0.0.1:${door.port}/?k=${token}`;
  const { port } = door;
  return {
    ready: { ready: true, kind: "box", page, port, boxId: register.boxId, data, pid: process.pid },
    async stop() {
      stopTending();
      stopWatching();
      clocks.stop();
      await Promise.all([county.stop(), door.close()]);
      await nights.stop();
      await room.close();
      await register.close();
      folder.release();
    },
  };
}

/** A box that was enrolled keeps the name that its county knows. */
async function identityIn(enrolmentPath: string): Promise<{ boxId?: string }> {
  const enrolled = await loadEnrolment(enrolmentPath);
  return enrolled === null ? {} : { boxId: enrolled.box };
}

function openLessons(cacheDir: string, disk: NodeBlobDisk, offer: Offer): Promise<LessonLibrary> {
  const isSupplied = (id: string) => offer.has(id);
  return openLibrary({ cacheDir, disk, sha256: nodeSha256, isSupplied, playerVersion: VERSION });
}

type RoomParts = Pick<RoomOptions, "register" | "library" | "clock" | "sha256" | "log" | "supply"> &
  Pick<Ground, "data"> & { readonly disk: Disk };

function makeRoom({ data, disk, ...parts }: RoomParts): Room {
  return new Room({
    ...parts,
    documents: openRoomDocuments(data),
    notes: openRoomNotes(data),
    spots: openSpotStore(data),
    site: SITE,
    settings: openSettings(data),
    software: SOFTWARE,
    // A disk that does not say how full it is may still be written.
    space: () => disk.space().catch(() => null),
    tv: new LinuxTvPower(),
  });
}

/**
 * A lesson is hashed before it first plays. That of the next study day is hashed now, so that the
 * room does not wait for it; one that does not pass shows it at home, before people have come.
 */
async function openPlanned(room: Room, library: LessonLibrary): Promise<void> {
  for (const { id, version, state } of room.view().home.plan?.lessons ?? []) {
    if (state === "ready") await library.open(id, version);
  }
  room.refresh();
}

/** Asked again while the volume is away. */
function mirrorAt(folder: string): () => Promise<Disk | null> {
  return () => openMirror(folder);
}

/** A stick that was put back is written again within so long. */
const TEND_MS = 5000;

/** @returns the function that ends it */
function tendRegister(register: Register, onChange: () => void, log: Log): () => void {
  const state = () => [register.isCopyAway, register.isSpaceLow, register.writable].join();
  let told = state();
  const timer = setInterval(() => {
    register
      .tend()
      .then(() => {
        if (state() !== told) onChange();
        told = state();
      })
      .catch((error: unknown) => log("register not tended", { why: String(error) }));
  }, TEND_MS);
  return () => clearInterval(timer);
}

/** The port that was asked for; else the one this folder had before; else the usual one. */
async function openOnPort(
  asked: number | null,
  data: string,
  open: (port: number) => Promise<Door>,
): Promise<Door> {
  const kept = await readPort(join(data, "run/port"));
  if (asked === null || asked > 0) return openOrExplain(asked ?? kept ?? DEFAULT_PORT, open);
  try {
    return await open(kept ?? 0);
  } catch {
    // Somebody else took the port meanwhile; any one was asked for, so another is as good.
    return openOrExplain(0, open);
  }
}

async function readPort(path: string): Promise<number | null> {
  const port = Number((await readFile(path, "utf8").catch(() => "")).trim());
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
}

async function openOrExplain(port: number, open: (port: number) => Promise<Door>): Promise<Door> {
  try {
    return await open(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new StartError(
      "port-in-use",
      `端口 ${port} 不能用（${code}）。先停掉占用它的程序，或用 --port 换一个。`,
      { cause: error },
    );
  }
}
