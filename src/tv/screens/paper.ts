/** 与纸质签到册核对: who is marked otherwise than on paper. It changes no mark; it says what differs. */
import type { Intent, View } from "../../../protocol/generated/types.ts";
import type { MemberCard, MemberList } from "../../../protocol/page-api.ts";
import { ground } from "../parts/draw.ts";
import { beginPick, type PickState, pressPick } from "../parts/pick-members.ts";
import { PICK_HINTS, pickScene } from "../parts/pick-members-look.ts";
import { STATUS_WORDS } from "../parts/register-words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";

type Session = NonNullable<View["session"]>;

export class PaperScreen implements Screen {
  readonly name = "paper";
  readonly #context: ScreenContext;
  #members: readonly MemberCard[] = [];
  #pick: PickState = beginPick([]);
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  get #session(): Session | null {
    return this.#context.view().session;
  }

  async #load(): Promise<void> {
    const id = this.#session?.id ?? "";
    const list = await this.#context.fetchJson<MemberList>(`/api/members?session=${id}`);
    this.#members = list?.members ?? [];
    this.#context.redraw();
  }

  draw(): Scene {
    const marks = this.#session?.marks ?? {};
    const members = this.#members.map((member) => ({
      ...member,
      name: `${member.name} ${STATUS_WORDS[marks[member.id] ?? "-"]}`,
    }));
    const { sizes } = this.#context;
    const heading = "哪几位和纸上不一样？";
    return [ground, ...pickScene({ heading, state: this.#pick, members, sizes })];
  }

  hints(): readonly KeyHint[] {
    return PICK_HINTS;
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") void this.#send();
    else this.#pick = pressPick(this.#pick, key, this.#members) ?? this.#pick;
    this.#context.redraw();
    return true;
  }

  /** Nobody picked: nothing was found out, and nothing is said. */
  async #send(): Promise<void> {
    const session = this.#session;
    if (this.#busy) return;
    this.#busy = true;
    const isOk =
      session === null ||
      this.#pick.chosen.length === 0 ||
      (await this.#context.send(paperOf(session, this.#pick.chosen))).ok;
    this.#busy = false;
    if (isOk) this.#context.back();
  }
}

const THERE = ["P", "L", "X"];

/** Marked as there and did not sign; signed and not marked as there. */
export function paperOf({ id, marks }: Session, differing: readonly string[]): Intent {
  const isThere = (member: string) => THERE.includes(marks[member] ?? "-");
  const missing = differing.filter(isThere);
  const extra = differing.filter((member) => !isThere(member));
  const result = differing.length === 0 ? "same" : "differs";
  const lists = { missing: missing as never, extra: extra as never };
  return { kind: "paper", session: id, result, signed: null, ...lists, code: null };
}
