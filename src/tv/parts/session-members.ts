/** Who may be named in a session: fetched once by the screen that asks for names. */
import type { AttendanceStatus } from "../../../protocol/generated/types.ts";
import type { MemberCard, MemberList } from "../../../protocol/page-api.ts";
import type { ScreenContext } from "../screen.ts";

const THERE: ReadonlySet<AttendanceStatus> = new Set(["P", "L", "X"]);

export class SessionMembers {
  readonly #context: ScreenContext;
  #all: readonly MemberCard[] = [];

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  async #load(): Promise<void> {
    const id = this.#context.view().session?.id ?? "";
    const list = await this.#context.fetchJson<MemberList>(`/api/members?session=${id}`);
    this.#all = list?.members ?? [];
    this.#context.redraw();
  }

  /** Everybody who is expected; nobody before the list is there. */
  get all(): readonly MemberCard[] {
    return this.#all;
  }

  /** Who is in the room by the sign-in; nobody who is not there speaks or promises. */
  get present(): readonly MemberCard[] {
    const marks = this.#context.view().session?.marks ?? {};
    return this.all.filter(({ id }) => THERE.has(marks[id] ?? "-"));
  }
}
