/**
 * Where exactly the session stands inside its stage: not worth a record, and yet not to be lost.
 * Kept in two generations by turns, each with its own sum (docs/formats/session.md).
 */
import { crc32c } from "../../protocol/crc32c.ts";

export interface Spot {
  /** Grows with every save: the greater one counts. */
  readonly generation: number;
  readonly session: string;
  /** Flow index it belongs to; in another stage it says nothing. */
  readonly at: number;
  readonly card: number;
  readonly film: FilmSpot;
}

export interface FilmSpot {
  readonly atMs: number;
  readonly playing: boolean;
  /** Start of the span that is playing and was not recorded yet; null: none. */
  readonly spanFromMs: number | null;
}

/** Two files by turns; `load` reads both. */
export interface SpotStore {
  load(): Promise<readonly (Uint8Array | null)[]>;
  /** Durable when it resolves. @param slot 0 or 1 */
  save(slot: number, bytes: Uint8Array): Promise<void>;
}

export const FILM_AT_START: FilmSpot = { atMs: 0, playing: false, spanFromMs: null };

export function encodeSpot(spot: Spot): Uint8Array {
  const body = JSON.stringify(spot);
  const bytes = asBytes(body);
  return asBytes(`${crc32c(bytes).toString(16).padStart(8, "0")} ${body}\n`);
}

/** Null for anything that is not a whole spot. */
export function decodeSpot(bytes: Uint8Array): Spot | null {
  const text = String.fromCharCode(...bytes);
  const body = text.slice(9, -1);
  const sum = crc32c(asBytes(body)).toString(16).padStart(8, "0");
  if (text.slice(0, 9) !== `${sum} ` || !text.endsWith("\n")) return null;
  const spot: unknown = JSON.parse(body);
  return isSpot(spot) ? spot : null;
}

/** A whole file of another version of this program may hold something else. */
function isSpot(value: unknown): value is Spot {
  const { generation, film } = value as Partial<Spot>;
  return typeof generation === "number" && typeof film?.atMs === "number";
}

/** The newest whole one of the two generations. */
export function newestSpot(files: readonly (Uint8Array | null)[]): Spot | null {
  const spots = files.flatMap((bytes) => {
    const spot = bytes === null ? null : decodeSpot(bytes);
    return spot === null ? [] : [spot];
  });
  return spots.reduce<Spot | null>(
    (best, spot) => (best === null || spot.generation > best.generation ? spot : best),
    null,
  );
}

/** A spot holds ids and numbers only: ASCII. */
function asBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
