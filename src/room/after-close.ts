/**
 * Corrections, make-ups, results of tasks, and erasing: what is written of sessions that are over.
 * docs/formats/registers.md.
 *
 * - M6. Of who was erased, no name is on the disk once the intent is answered, nor after a restart.
 */
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { EraseIntent, Intent, PaperIntent } from "../../protocol/generated/types.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import type { RecordDraft } from "../../protocol/record.ts";
import type { Register } from "../register/register.ts";
import { type CorrectionIntent, correct } from "../session/correct.ts";
import { DONE, type IntentAnswer, refusal } from "./answers.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import type { RoomNotes } from "./documents.ts";
import type { GuestBook } from "./guest-book.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

/** `paper` is of the session that is on, too. */
export type AfterCloseIntent = Exclude<CorrectionIntent, PaperIntent> | EraseIntent;

const KINDS: ReadonlySet<Intent["kind"]> = new Set<AfterCloseIntent["kind"]>([
  "fix-mark",
  "fix-session",
  "makeup",
  "report-task",
  "erase",
]);

export function isAfterClose(intent: Intent): intent is AfterCloseIntent {
  return KINDS.has(intent.kind);
}

/** What is recorded beside the session that is on: not while a practice is. */
export function isBeside(intent: Intent): boolean {
  return intent.kind === "confirm-date" || isAfterClose(intent);
}

export interface AfterCloseOptions {
  readonly register: Register;
  readonly shelf: DocumentShelf;
  readonly notes: RoomNotes;
  readonly guests: GuestBook;
  readonly sha256: Sha256;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

export class AfterClose {
  readonly #options: AfterCloseOptions;

  constructor(options: AfterCloseOptions) {
    this.#options = options;
  }

  act(intentId: string, intent: AfterCloseIntent | PaperIntent): Promise<IntentAnswer> {
    if (intent.kind === "erase") return this.#erase(intentId, intent);
    return this.#correct(intentId, intent);
  }

  async #correct(intentId: string, intent: CorrectionIntent): Promise<IntentAnswer> {
    const { register, shelf, notes, sha256 } = this.#options;
    const said = "note" in intent ? intent.note : undefined;
    const text = said === undefined ? null : encodeUtf8(said);
    const note = text === null ? null : sha256.digest(text);
    const members = new Set((shelf.roster?.document.members ?? []).map(({ id }) => id));
    const correction = correct(register.fold.session(intent.session), intent, {
      note,
      isMember: (id) => members.has(id),
      session: (id) => register.fold.session(id),
    });
    if (!correction.ok) return refusal(correction.code, correction.text);
    if (note !== null && text !== null) await notes.save(note, text);
    await register.append(correction.draft, { intentId, by: this.#writer() });
    if (intent.kind === "fix-session") await this.forgetGuests();
    return DONE;
  }

  /** Who led last: nobody else is known to be at the box. */
  #writer(): string {
    const [last] = this.#options.register.fold.sessions({ limit: 1 });
    return last?.by ?? "-";
  }

  /** The record first: a power cut after it is made good at the next start (M6). */
  async #erase(intentId: string, { members, reason, order }: EraseIntent): Promise<IntentAnswer> {
    const { register } = this.#options;
    const places = this.#placesOf(members);
    if (places === null) return refusal("no-member");
    const names = this.#namesOf(members);
    if (names.some((name) => order.includes(name))) {
      return refusal("bad-intent", "文号里写了姓名。文号会一直留下，请不要写姓名。");
    }
    const notes = await this.#notesOf(members, names);
    const d = { members: places as never, notes, reason, order };
    await register.append({ k: "erase", d }, { intentId, by: this.#writer() });
    await this.finishErasing();
    return DONE;
  }

  #placesOf(members: readonly string[]): [string, number][] | null {
    const { register, shelf, guests } = this.#options;
    const { fold } = register;
    const roster = shelf.roster?.document ?? null;
    const { members: erased } = fold.erasures;
    const directory = new MemberDirectory(roster, erased, fold.sessions(), guests.all);
    const places = members.map((id): [string, number] => [id, directory.name(id).no ?? 0]);
    return places.every(([, no]) => no > 0) ? places : null;
  }

  #namesOf(members: readonly string[]): string[] {
    const { shelf, guests } = this.#options;
    const roster = shelf.roster?.document.members ?? [];
    const own = roster.filter(({ id, erased }) => members.includes(id) && erased !== true);
    const walkedIn = guests.all.filter(({ id }) => members.includes(id));
    return [...own, ...walkedIn].map(({ name }) => name);
  }

  /** Notes that say the name, or belong to a correction of that member's mark. */
  async #notesOf(members: readonly string[], names: readonly string[]): Promise<string[]> {
    const { register, notes } = this.#options;
    const own = register.fold
      .sessions()
      .flatMap(({ corrections }) =>
        corrections.flatMap(({ member, note }) =>
          member !== null && note !== null && members.includes(member) ? [note] : [],
        ),
      );
    const found: string[] = [];
    for (const sha256 of await notes.list()) {
      const text = decodeUtf8((await notes.load(sha256)) ?? new Uint8Array());
      if (own.includes(sha256) || names.some((name) => text.includes(name))) found.push(sha256);
    }
    return found;
  }

  /** Does what the journal says was erased; nothing when it is done already. */
  async finishErasing(): Promise<void> {
    const { register, shelf, notes } = this.#options;
    const { erasures } = register.fold;
    for (const sha256 of erasures.notes) await notes.erase(sha256);
    await this.forgetGuests();
    if (await shelf.eraseFromRoster(erasures)) await this.recordRoster("erase");
  }

  /** Who was erased or struck out has no name on the disk (M8). */
  async forgetGuests(): Promise<void> {
    const { register, guests } = this.#options;
    const { members, guests: struck } = register.fold.erasures;
    await guests.forget((id) => members.has(id) || struck.has(id));
  }

  /** A disk that cannot be written must not keep the room from opening. */
  async finishAtStart(): Promise<void> {
    try {
      await this.finishErasing();
    } catch (error) {
      this.#options.log("erasing not finished", { why: String(error) });
    }
  }

  async recordRoster(source: "county" | "file" | "erase"): Promise<void> {
    const { shelf, register } = this.#options;
    if (shelf.roster === null) return;
    const { document, sha256 } = shelf.roster;
    const d = { version: document.version, sha256, count: document.members.length, source };
    const draft: RecordDraft = { k: "roster", d };
    await register.append(draft);
  }
}
