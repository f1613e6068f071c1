/**
 * How a member is named in a book: by the roster of today, or by what is left when the roster does
 * not have them. A record that names somebody unknown is never a reason to fail.
 */
import type { Erasures } from "./erasures.ts";
import type { Member, Roster } from "./generated/types.ts";
import type { SessionRegister } from "./register.ts";

export interface NamedMember {
  readonly id: string;
  /** Null: nobody says. */
  readonly no: number | null;
  /** Null: erased, or not in the roster. */
  readonly name: string | null;
  /** What a book shows. */
  readonly text: string;
}

export class MemberDirectory {
  readonly #people: ReadonlyMap<string, Member>;
  readonly #erased: Erasures["members"];
  readonly #numbers = new Map<string, number>();

  /** @param sessions give numbers to who is in no roster; the newest one that knows wins */
  constructor(
    roster: Roster | null,
    erased: Erasures["members"],
    sessions: readonly SessionRegister[] = [],
  ) {
    this.#people = new Map((roster?.members ?? []).map((member) => [member.id, member]));
    this.#erased = erased;
    for (const session of sessions) this.#learn(session);
  }

  /** Without a number, the place in the list stands for it. */
  #learn({ people, marks }: SessionRegister): void {
    marks.forEach(({ member }, index) => {
      const no = people[member]?.no ?? index + 1;
      if (!this.#numbers.has(member)) this.#numbers.set(member, no);
    });
  }

  member(id: string): Member | undefined {
    return this.#people.get(id);
  }

  name(id: string): NamedMember {
    const known = this.#people.get(id);
    const no = known?.no ?? this.#erased.get(id) ?? this.#numbers.get(id) ?? null;
    if (this.#erased.has(id) || known?.erased === true) {
      return { id, no, name: null, text: no === null ? "已删除" : `${no} 号(已删除)` };
    }
    if (known !== undefined) return { id, no, name: known.name, text: known.name };
    const text = no === null ? "(名册里没有)" : `第 ${no} 号(名册里没有)`;
    return { id, no, name: null, text };
  }

  /** The member of a number, also when only old sessions know it. */
  find(no: number): string | undefined {
    const known = [...this.#people.values()].find((member) => member.no === no);
    if (known !== undefined) return known.id;
    const places = [...this.#erased, ...this.#numbers];
    return places.find(([, place]) => place === no)?.[0];
  }
}
