/**
 * How a member is named in a book: by the roster of today, or by what is left when the roster does
 * not have them. A record that names somebody unknown is never a reason to fail.
 */
import type { Erasures } from "./erasures.ts";
import type { GuestAs, Member, NamedGuest, Roster } from "./generated/types.ts";
import type { GuestLine, SessionRegister } from "./register.ts";

export interface NamedMember {
  readonly id: string;
  /** Null: nobody says. */
  readonly no: number | null;
  /** Null: erased, or not in the roster. */
  readonly name: string | null;
  /** What a book shows. */
  readonly text: string;
  /** Null: a member. A guest's number is that of one session. */
  readonly guest: GuestAs | null;
}

export const GUEST_WORDS: Readonly<Record<GuestAs, string>> = {
  mobile: "流动党员",
  observer: "列席人员",
  public: "群众",
};

/** What is left of the name of a member whom a record names and no roster has. */
function strayText(no: number | null): string {
  return `名册已无此人（编号${no === null ? "不详" : ` ${no}`}）`;
}

export class MemberDirectory {
  readonly #people: ReadonlyMap<string, Member>;
  readonly #erased: Erasures["members"];
  readonly #numbers = new Map<string, number>();
  readonly #guests = new Map<string, Pick<GuestLine, "no" | "as">>();
  readonly #names: ReadonlyMap<string, NamedGuest>;

  /**
   * @param sessions give numbers to who is in no roster; the newest one that knows wins
   * @param names of guests; only the box has them
   */
  constructor(
    roster: Roster | null,
    erased: Erasures["members"],
    sessions: readonly SessionRegister[] = [],
    names: readonly NamedGuest[] = [],
  ) {
    this.#names = new Map(names.map((guest) => [guest.id, guest]));
    this.#people = new Map((roster?.members ?? []).map((member) => [member.id, member]));
    this.#erased = erased;
    for (const session of sessions) this.#learn(session);
  }

  /** Without a number, the place in the list stands for it. */
  #learn({ people, marks, guests }: SessionRegister): void {
    for (const { id, no, as } of guests) this.#guests.set(id, { no, as });
    marks.forEach(({ member }, index) => {
      const no = people[member]?.no ?? index + 1;
      if (!this.#numbers.has(member)) this.#numbers.set(member, no);
    });
  }

  member(id: string): Member | undefined {
    return this.#people.get(id);
  }

  isErased(id: string): boolean {
    return this.#erased.has(id);
  }

  name(id: string): NamedMember {
    const guest = this.#guests.get(id);
    return guest === undefined ? this.#nameMember(id) : this.#nameGuest(id, guest);
  }

  #nameGuest(id: string, { no, as }: Pick<GuestLine, "no" | "as">): NamedMember {
    const word = GUEST_WORDS[as];
    const name = this.#erased.has(id) ? null : (this.#names.get(id)?.name ?? null);
    if (name !== null) return { id, no, name, text: `${name}（${word}）`, guest: as };
    const why = this.#erased.has(id) ? "已删除" : "姓名不在这里";
    return { id, no, name: null, text: `${word} ${no}（${why}）`, guest: as };
  }

  #nameMember(id: string): NamedMember {
    const guest = null;
    const known = this.#people.get(id);
    const no = known?.no ?? this.#erased.get(id) ?? this.#numbers.get(id) ?? null;
    if (this.#erased.has(id) || known?.erased === true) {
      return { id, no, name: null, text: no === null ? "已删除" : `${no} 号（已删除）`, guest };
    }
    if (known !== undefined) return { id, no, name: known.name, text: known.name, guest };
    return { id, no, name: null, text: strayText(no), guest };
  }

  /** The member of a number, also when only old sessions know it. */
  find(no: number): string | undefined {
    const known = [...this.#people.values()].find((member) => member.no === no);
    if (known !== undefined) return known.id;
    const places = [...this.#erased, ...this.#numbers];
    return places.find(([, place]) => place === no)?.[0];
  }
}
