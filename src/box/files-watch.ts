/** Follows files that other programs of ours put into the data folder while the box runs. */
import { mkdirSync, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RoomDocumentKind } from "../room/documents.ts";
import type { Room } from "../room/room.ts";
import { DOCUMENT_PATHS } from "./box-files.ts";
import type { Log } from "./log.ts";

/** Several events come for one rename; the file is read once they are over. */
const SETTLE_MS = 200;

export interface WatchParts {
  readonly data: string;
  readonly room: Room;
  /** Called when lessons were imported. */
  onLessons(): Promise<void>;
  readonly log: Log;
}

/** @returns the function that ends it */
export function watchFiles(parts: WatchParts): () => void {
  const { data, onLessons, log } = parts;
  const manifests = join(data, "cache/manifests");
  const stops = [
    onChange(manifests, null, () => onLessons()),
    ...(["roster", "plan", "method"] as const).map((kind) => {
      const path = join(data, DOCUMENT_PATHS[kind]);
      return onChange(dirname(path), basename(path), () => takeDocument(kind, path, parts));
    }),
  ];
  log("watching files", { data });
  return () => {
    for (const stop of stops) stop();
  };

  function onChange(folder: string, name: string | null, act: () => Promise<void>): () => void {
    mkdirSync(folder, { recursive: true });
    let timer: NodeJS.Timeout | null = null;
    const watcher = watch(folder, (_event, changed) => {
      if (name !== null && changed !== null && changed !== name) return;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {
        act().catch((error: unknown) => log("file not taken", { folder, why: String(error) }));
      }, SETTLE_MS);
    });
    return () => {
      if (timer !== null) clearTimeout(timer);
      watcher.close();
    };
  }
}

async function takeDocument(
  kind: RoomDocumentKind,
  path: string,
  { room, log }: WatchParts,
): Promise<void> {
  const bytes = await readFile(path);
  const taken = await room.takeDocument(kind, bytes, "file");
  if (!taken.ok) log("document refused", { kind, text: taken.text });
}
