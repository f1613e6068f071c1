/** The county's notices, and which of them were read here; docs/formats/notices.md, NB1–NB5. */
import type { NoticeState } from "../../protocol/generated/types.ts";
import { isNoticesRead } from "../../protocol/generated/validators.js";
import type { NoticeCard } from "../../protocol/page-api.ts";
import { DONE, type IntentAnswer, refusal } from "./answers.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import type { RoomDocuments } from "./documents.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

type NoticeFiles = Pick<RoomDocuments, "load" | "save">;

export class NoticeBoard {
  readonly #files: NoticeFiles;
  readonly #shelf: Pick<DocumentShelf, "notices">;
  #read: ReadonlySet<string> = new Set();

  constructor(files: NoticeFiles, shelf: Pick<DocumentShelf, "notices">) {
    this.#files = files;
    this.#shelf = shelf;
  }

  /** What cannot be read any more is as good as nothing: the notices are shown as new. */
  async load(): Promise<void> {
    const bytes = await this.#files.load("notices-read");
    this.#read = new Set(bytes === null ? [] : parse(decodeUtf8(bytes)));
  }

  get #held() {
    return this.#shelf.notices?.notices ?? [];
  }

  /** @param earliest day that today can be; null: nothing is known (NB1, NB2) */
  shown(earliest: string | null): NoticeCard[] {
    const isOver = (until: string) => earliest !== null && earliest > until;
    return this.#held
      .filter(({ until }) => !isOver(until))
      .map((notice) => ({ ...notice, read: this.#read.has(notice.id) }));
  }

  /** Durable when it resolves (NB4). */
  async read(id: string): Promise<IntentAnswer> {
    if (!this.#held.some((notice) => notice.id === id)) {
      return refusal("stale", "这条通知县里收回了。");
    }
    if (this.#read.has(id)) return DONE;
    // Of notices that are gone nothing is kept.
    const read = this.#held.map((notice) => notice.id).filter((one) => this.#read.has(one));
    const file = { schema: "one-room.notices-read/1", read: [...read, id] };
    await this.#files.save("notices-read", encodeUtf8(JSON.stringify(file)));
    this.#read = new Set(file.read);
    return DONE;
  }

  /** What the county is told; null: it never sent any. */
  state(): NoticeState | null {
    const document = this.#shelf.notices;
    if (document === null) return null;
    const read = this.#held.map(({ id }) => id).filter((id) => this.#read.has(id));
    return { version: document.version, read };
  }
}

function parse(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return isNoticesRead(value) ? value.read : [];
  } catch {
    return [];
  }
}
