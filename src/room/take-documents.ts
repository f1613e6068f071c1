/**
 * How the county's documents come into force while the room is open.
 *
 * - M5. A session keeps the steps it was opened with; new ones hold from the next session on.
 */
import type { Register } from "../register/register.ts";
import type { AfterClose } from "./after-close.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import { type ReadDocument, type RoomDocumentKind, readDocument } from "./documents.ts";
import { decodeUtf8 } from "./utf8.ts";

export type DocumentSource = "county" | "file";

export interface TakerOptions {
  readonly shelf: DocumentShelf;
  readonly register: Register;
  readonly afterClose: Pick<AfterClose, "recordRoster">;
  /** A session is open. */
  isOn(): boolean;
  /** Whoever looks sees it. */
  onChange(): void;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

export class DocumentTaker {
  readonly #options: TakerOptions;
  #nextMethod: Uint8Array | null = null;

  constructor(options: TakerOptions) {
    this.#options = options;
  }

  /** Takes a document of the county or of a file; the reason when it is not acceptable. */
  async take(
    kind: RoomDocumentKind,
    bytes: Uint8Array,
    source: DocumentSource,
  ): Promise<ReadDocument<unknown>> {
    const { shelf, isOn, onChange } = this.#options;
    if (shelf.holds(kind, bytes)) return { ok: true, document: null };
    if (kind === "method" && isOn()) return this.#postpone(bytes);
    if (kind === "roster") return this.#takeRoster(bytes, source);
    const taken = await shelf.take(kind, bytes);
    if (taken.ok) onChange();
    return taken;
  }

  /** The steps of a session never change under it: new ones wait until it has ended (M5). */
  #postpone(bytes: Uint8Array): ReadDocument<unknown> {
    const read = readDocument("method", decodeUtf8(bytes));
    if (read.ok) this.#nextMethod = bytes;
    return read;
  }

  /** The method that came while a session was on. */
  async takeNextMethod(): Promise<void> {
    const { shelf, isOn, log } = this.#options;
    const bytes = this.#nextMethod;
    if (bytes === null || isOn()) return;
    this.#nextMethod = null;
    try {
      await shelf.take("method", bytes);
    } catch (error) {
      // The county offers it again at the next connect; the intent that ended the session stands.
      log("document not used", { why: String(error) });
    }
  }

  /** A name that was erased does not come back with a newer roster, from whomever it comes. */
  async #takeRoster(bytes: Uint8Array, source: DocumentSource): Promise<ReadDocument<unknown>> {
    const { shelf, register, afterClose, onChange } = this.#options;
    const before = shelf.sha256Of("roster");
    const taken = await shelf.takeRoster(bytes, register.fold.erasures);
    if (!taken.ok) return taken;
    if (shelf.sha256Of("roster") !== before) await afterClose.recordRoster(source);
    onChange();
    return taken;
  }
}
