/** The copies of a running register: which are written, which are away, and their return. */

import type { Disk } from "../../platform/ports/disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { Ballast } from "./ballast.ts";
import { catchUp } from "./catch-up.ts";
import type { CopyName, CopyPlace } from "./copy-name.ts";
import type { JournalWriter } from "./journal-writer.ts";
import { listSegments } from "./read-copies.ts";
import type { SegmentName } from "./segment-name.ts";

export interface CopiesOptions {
  readonly disk: Disk;
  /** Of the register on that disk. */
  readonly folder: string;
  readonly sha256: Sha256;
  /** The second volume, when one is wanted; null while it cannot be used. */
  readonly mirror?: (() => Promise<Disk | null>) | undefined;
}

/** Folder of the register on a second volume. */
export const MIRROR_FOLDER = "register";

export class RegisterCopies {
  readonly #options: CopiesOptions;
  readonly #ballasts = new Map<Disk, Ballast>();
  constructor(options: CopiesOptions) {
    this.#options = options;
  }

  /** @returns A, and B on the second volume when it can be used, else beside A */
  async open(): Promise<CopyPlace[]> {
    return [await this.#placeOf("A"), await this.#placeOf("B")];
  }

  async #placeOf(name: CopyName): Promise<CopyPlace> {
    const { disk, folder } = this.#options;
    const mirror = name === "B" ? ((await this.#options.mirror?.()) ?? null) : null;
    const place =
      mirror === null
        ? { name, disk, folder: `${folder}/${name}` }
        : { name, disk: mirror, folder: `${MIRROR_FOLDER}/${name}` };
    const path = place.folder.replace(/[^/]+$/, "ballast");
    if (!this.#ballasts.has(place.disk)) {
      this.#ballasts.set(place.disk, new Ballast(place.disk, path));
    }
    return place;
  }

  /**
   * B as it lies beside A, where it holds segments that the second volume has not: they were
   * written while that was away.
   */
  async findBeside(places: readonly CopyPlace[]): Promise<CopyPlace | null> {
    const { disk, folder } = this.#options;
    const mirror = places.find((place) => place.disk !== disk);
    if (mirror === undefined) return null;
    const beside = { name: "B", disk, folder: `${folder}/B` } as const;
    const [known, ...more] = await listSegments([mirror, beside]);
    const isNew = ({ epoch, number }: SegmentName) =>
      known?.names.every((name) => name.epoch !== epoch || name.number !== number);
    return more.some(({ names }) => names.some(isNew)) ? beside : null;
  }

  /** A second volume is wanted, and B does not lie there now. */
  isMirrorAway({ copies }: Pick<JournalWriter, "copies">): boolean {
    const { mirror, disk } = this.#options;
    return mirror !== undefined && !copies.some((place) => place.disk !== disk);
  }

  /** Room was given up and is not back yet. */
  get isSpaceLow(): boolean {
    return [...this.#ballasts.values()].some(({ isThere }) => !isThere);
  }

  async ensureBallast(places: readonly CopyPlace[]): Promise<void> {
    for (const { disk } of places) await this.#ballasts.get(disk)?.ensure();
  }

  async makeRoom({ disk }: CopyPlace): Promise<void> {
    await this.#ballasts.get(disk)?.giveUp();
  }

  /** The copy to be brought back: one that is lost, or B while its volume is away. */
  async findReturning(writer: JournalWriter): Promise<CopyPlace | null> {
    const written = writer.copies.map(({ name }) => name);
    if (!written.includes("A")) return this.#placeOf("A");
    const isB = written.includes("B");
    if (isB && !this.isMirrorAway(writer)) return null;
    const place = await this.#placeOf("B");
    return isB && place.disk === this.#options.disk ? null : place;
  }

  /** All segments, while the register goes on; then, in its turn, those that grew meanwhile. */
  async catchUp(writer: JournalWriter, to: CopyPlace, fromSegment: number | null): Promise<void> {
    const from = writer.copies.find(({ name }) => name !== to.name) ?? writer.copies[0];
    if (from === undefined) throw new StorageError("closed", to.folder);
    const { sha256 } = this.#options;
    await catchUp({
      from,
      to,
      sha256,
      which: ({ epoch, number }) =>
        fromSegment === null || (epoch === writer.epoch && number >= fromSegment),
    });
  }
}
