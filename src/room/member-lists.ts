/** Who belongs to the room, and who to one session: what `/api/members` answers. Pure. */
import type { Branch, Member, Roster } from "../../protocol/generated/types.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import type { GuestCard, MemberCard, MemberList } from "../../protocol/page-api.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import type { RegisterFold } from "../register/register.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import type { GuestBook } from "./guest-book.ts";
import { listExpected } from "./open-session.ts";

export type MemberSources = {
  readonly fold: RegisterFold;
  readonly shelf: Pick<DocumentShelf, "roster">;
  readonly guests: Pick<GuestBook, "all">;
};

export function memberList(
  sources: MemberSources,
  sessionId: string | undefined,
): MemberList | null {
  const roster = sources.shelf.roster?.document ?? null;
  if (sessionId === undefined) return listRoom(roster);
  const session = sources.fold.session(sessionId);
  return session === undefined ? null : listSession(session, sources);
}

function listRoom(roster: Roster | null): MemberList {
  if (roster === null) return { members: [], welcome: [], guests: [], branches: [] };
  const expected = listExpected(roster);
  const inList = new Set(expected);
  const welcome = roster.members
    .filter((member) => member.status === "active" && member.management !== "lost")
    .filter((member) => member.erased !== true && !inList.has(member))
    .sort((a, b) => a.no - b.no);
  const { branches } = roster;
  return { members: expected.map(toCard), welcome: welcome.map(toCard), guests: [], branches };
}

function toCard({ id, no, name, group, initials, branch, home, management }: Member): MemberCard {
  return { id, no, name, group, initials, branch: home ?? branch, management };
}

/** In the order of the session; who is in the roster no more keeps a number's place. */
function listSession(session: SessionRegister, sources: MemberSources): MemberList {
  const roster = sources.shelf.roster?.document ?? null;
  const directory = directoryOf(sources, [session]);
  const { people, marks } = session;
  const ids = new Set([...marks.map(({ member }) => member), ...Object.keys(people)]);
  const isExpected = (id: string) => people[id]?.expected === true;
  const all = [...ids];
  const card = (id: string) => toNamedCard(id, session, directory);
  return {
    // An opening without places: whoever has a line was expected, or was marked.
    members: marks.filter(({ member }) => isExpected(member)).map(({ member }) => card(member)),
    welcome: all
      .filter((id) => !isExpected(id))
      .map(card)
      .sort((a, b) => a.no - b.no),
    guests: session.guests.map((guest) => toGuestCard(guest, sources, directory)),
    branches: (roster?.branches ?? []).filter((one: Branch) => session.branches.includes(one.id)),
  };
}

function toNamedCard(
  id: string,
  { people }: SessionRegister,
  directory: MemberDirectory,
): MemberCard {
  const { no, text, name } = directory.name(id);
  const known = name === null ? undefined : directory.member(id);
  const { group = "", initials = "", management = null } = known ?? {};
  const branch = people[id]?.branch ?? known?.branch ?? null;
  return { id, no: no ?? 0, name: text, group, initials, branch, management };
}

function toGuestCard(
  { id, no, as }: SessionRegister["guests"][number],
  { guests }: MemberSources,
  directory: MemberDirectory,
): GuestCard {
  const { name, text } = directory.name(id);
  const unit = name === null ? null : (guests.all.find((one) => one.id === id)?.unit ?? null);
  return { id, no, as, name, text, unit };
}

/** Everybody whom sessions name: by today's roster, the guests' names, or what is left of them. */
export function directoryOf(
  { shelf, fold, guests }: MemberSources,
  sessions: readonly SessionRegister[],
): MemberDirectory {
  const roster = shelf.roster?.document ?? null;
  return new MemberDirectory(roster, fold.erasures.members, sessions, guests.all);
}
