/**
 * Names of guests (流动党员, 列席人员, 群众 who are in no roster): beside the journal, never in it.
 * A record names a guest by an id of its own; docs/formats/registers.md, "Guests".
 *
 * - M8. A name is on the disk before the record that speaks of its guest, and off it before an
 *   intent that strikes or erases the guest is answered.
 */
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { GuestBook as GuestFile, Intent, NamedGuest } from "../../protocol/generated/types.ts";
import { isGuestBook } from "../../protocol/generated/validators.js";
import { letterId } from "../../protocol/letter-id.ts";
import type { RoomDocuments } from "./documents.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

/** Where the names are kept. */
export type GuestFiles = Pick<RoomDocuments, "load" | "save" | "replace">;

const ID_LENGTH = 12;

/**
 * The id of the guest that an intent names: asked again, it is the same. It is made of the intent's
 * own random id, never of the name, which a list of surnames would find again.
 */
export function guestIdOf(sha256: Sha256, intentId: string): string {
  const hex = sha256.digest(encodeUtf8(`guest ${intentId}`));
  const byte = (index: number) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  return letterId(Array.from({ length: ID_LENGTH }, (_, index) => byte(index)));
}

export class GuestBook {
  readonly #files: GuestFiles;
  readonly #guests = new Map<string, NamedGuest>();

  constructor(files: GuestFiles) {
    this.#files = files;
  }

  /** @returns false: there is a file, and it cannot be read; it lies there until a name comes */
  async load(): Promise<boolean> {
    const bytes = await this.#files.load("guests");
    if (bytes === null) return true;
    const book = parse(decodeUtf8(bytes));
    for (const guest of book?.guests ?? []) this.#guests.set(guest.id, guest);
    return book !== null;
  }

  get(id: string): NamedGuest | undefined {
    return this.#guests.get(id);
  }

  get all(): readonly NamedGuest[] {
    return [...this.#guests.values()];
  }

  /** Durable when it resolves. A record without a name would be a guest that nobody can name. */
  async before(intent: Intent, id: string): Promise<void> {
    if (intent.kind !== "add-guest") return;
    const { name, unit } = intent;
    this.#guests.set(id, unit === undefined ? { id, name } : { id, name, unit });
    await this.#files.save("guests", this.#bytes());
  }

  async after(intent: Intent): Promise<void> {
    if (intent.kind === "strike-guest") await this.forget((id) => id === intent.guest);
  }

  /** When it resolves none of these names can be read from the disk. */
  async forget(isGone: (id: string) => boolean): Promise<void> {
    const gone = this.all.filter(({ id }) => isGone(id));
    for (const { id } of gone) this.#guests.delete(id);
    if (gone.length > 0) await this.#files.replace("guests", this.#bytes());
  }

  #bytes(): Uint8Array {
    const file: GuestFile = { schema: "one-room.guests/1", guests: [...this.all] };
    return encodeUtf8(JSON.stringify(file));
  }
}

function parse(text: string): GuestFile | null {
  try {
    const value: unknown = JSON.parse(text);
    return isGuestBook(value) ? value : null;
  } catch {
    // A rotten file: the records stand, their guests are shown by number.
    return null;
  }
}
