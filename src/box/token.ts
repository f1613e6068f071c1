/**
 * The page's token: made anew when the machine boots, kept while it runs, so that a page survives
 * the restart of the service (docs/formats/link.md).
 */
import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import type { Random } from "../../platform/ports/random.ts";

const TOKEN_BYTES = 16;
const SECRET = { mode: 0o600 };

export async function openToken(data: string, bootId: string, random: Random): Promise<string> {
  const path = join(data, "run/token");
  const kept = await readKept(path);
  if (kept?.bootId === bootId) return kept.token;
  const token = Buffer.from(random.bytes(TOKEN_BYTES)).toString("hex");
  await writeDurableFile(path, `${JSON.stringify({ bootId, token })}\n`, SECRET);
  return token;
}

interface Kept {
  readonly bootId: string;
  readonly token: string;
}

async function readKept(path: string): Promise<Kept | null> {
  try {
    const kept = JSON.parse(await readFile(path, "utf8")) as Kept;
    return /^[0-9a-f]{32}$/.test(kept.token) ? kept : null;
  } catch {
    // Not there yet, or cut off: a new token is as good.
    return null;
  }
}
