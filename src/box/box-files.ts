/** The box's small files: documents of the county, the spot, settings. */
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { guardStorage } from "../../platform/node/guard-storage.ts";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { eraseFile, listNames, replaceFile } from "../../platform/node/node-erasing.ts";
import type { BoxConfig, Enrolment } from "../../protocol/generated/types.ts";
import { isBoxConfig, isEnrolment } from "../../protocol/generated/validators.js";
import type { KeptKind, RoomDocuments, RoomNotes } from "../room/documents.ts";
import type { SettingsStore } from "../room/room-ports.ts";
import type { SpotStore } from "../room/spot.ts";
import { StartError } from "./start-error.ts";

/** Names of people lie beside the journal, never in it, and can be erased. */
export const DOCUMENT_PATHS: Readonly<Record<KeptKind, string>> = {
  roster: "register/roster.json",
  guests: "register/guests.json",
  plan: "plan.json",
  method: "method.json",
  notices: "notices.json",
  "notices-read": "notices-read.json",
};

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export function openRoomDocuments(data: string): RoomDocuments {
  return {
    load: (kind) => readIfThere(join(data, DOCUMENT_PATHS[kind])),
    save: (kind, bytes) => {
      const path = join(data, DOCUMENT_PATHS[kind]);
      return guardStorage(path, () => writeDurableFile(path, bytes, { mode: modeOf(kind) }));
    },
    replace: (kind, bytes) => {
      const path = join(data, DOCUMENT_PATHS[kind]);
      return guardStorage(path, () => replaceFile(path, bytes));
    },
  };
}

/** What holds names is read by the service alone. */
function modeOf(kind: KeptKind): number {
  return kind === "roster" || kind === "guests" ? 0o600 : 0o644;
}

const NOTE_NAME = /^[0-9a-f]{64}$/;

export function openRoomNotes(data: string): RoomNotes {
  const folder = join(data, "register/notes");
  return {
    list: () => listNames(folder, (name) => NOTE_NAME.test(name)),
    load: (sha256) => readIfThere(join(folder, sha256)),
    save: (sha256, bytes) => {
      const path = join(folder, sha256);
      return guardStorage(path, () => writeDurableFile(path, bytes, { mode: 0o600 }));
    },
    erase: (sha256) => guardStorage(sha256, () => eraseFile(join(folder, sha256))),
  };
}

/** Two files by turns, written in place: one of them is whole at any moment. */
export function openSpotStore(data: string): SpotStore {
  const paths = ["register/spot.a", "register/spot.b"].map((name) => join(data, name));
  return {
    load: () => Promise.all(paths.map(readIfThere)),
    async save(slot, bytes) {
      const file = await open(paths[slot] ?? join(data, "register/spot.a"), "w");
      try {
        await file.write(bytes);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
  };
}

const SETTINGS_PATH = "settings.json";

export function openSettings(data: string): SettingsStore {
  const path = join(data, SETTINGS_PATH);
  return { load: () => readIfThere(path), save: (bytes) => writeDurableFile(path, bytes) };
}

/** What the box signs with; made at its first start. */
export const BOX_KEY_PATH = "run/box-key.pem";

const CONFIG_PATH = "config.json";

export async function loadConfig(data: string): Promise<BoxConfig | null> {
  const bytes = await readIfThere(join(data, CONFIG_PATH));
  return parseAs(bytes, isBoxConfig);
}

export async function saveConfig(data: string, config: BoxConfig): Promise<void> {
  await writeDurableFile(join(data, CONFIG_PATH), `${JSON.stringify(config)}\n`);
}

function parseAs<T>(bytes: Uint8Array | null, check: (value: unknown) => value is T): T | null {
  if (bytes === null) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return check(value) ? value : null;
  } catch {
    // A rotten settings file: the county sends its settings again at the next connect.
    return null;
  }
}

/** @throws StartError when the file is there and is no enrolment */
export async function loadEnrolment(path: string): Promise<Enrolment | null> {
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  const enrolment = parseAs(bytes, isEnrolment);
  if (enrolment !== null) return enrolment;
  throw new StartError("bad-file", `开通文件读不懂：${path}。请向县里再要一份。`);
}
