import { expect, test } from "vitest";
import {
  type AsideRecord,
  chainsOf,
  foldChain,
} from "../../../console/server/store/other-sessions.ts";
import { entryOf } from "../../../protocol/books/entries.ts";
import { at, attend, close, type Line, open, recordsOf } from "../../support/session-records.ts";

const SESSION = at(1);

/** Lines as one history of its own, which begins behind `after` records that both share. */
function history(name: string, lines: readonly Line[], after = 0): AsideRecord[] {
  const records = recordsOf(lines, { startUnixMs: Date.UTC(2026, 2, 5), firstS: after + 1 });
  const hash = (s: number) => (s <= after ? "0" : name).repeat(56) + String(s).padStart(8, "0");
  return records.map((stored) => ({
    ...stored,
    h: link(hash(stored.s)),
    previous: link(hash(stored.s - 1)).slice(0, 32),
  }));
}

/** The first half tells histories and places apart, as a hash's does. */
function link(text: string): string {
  return text.slice(32) + text.slice(0, 32);
}

test("a session of the other history is folded with what both histories share", () => {
  const shared = recordsOf([open(), attend(SESSION, { aaaaaaaa: "P" })]);
  const aside = history("b", [attend(SESSION, { bbbbbbbb: "P" }), close(SESSION)], 2);
  const [chain = []] = chainsOf(aside);
  const [session] = foldChain(chain, shared);
  expect(session).toMatchObject({ id: SESSION, closed: true, counts: { expected: 3, P: 2 } });
});

test("what the counted history says after the parting is not mixed in", () => {
  const shared = recordsOf([
    open(),
    attend(SESSION, { aaaaaaaa: "P" }),
    attend(SESSION, { bbbbbbbb: "P", cccccccc: "P" }),
  ]);
  const aside = history("b", [attend(SESSION, { bbbbbbbb: "A" })], 2);
  const [chain = []] = chainsOf(aside);
  expect(foldChain(chain, shared)[0]?.counts).toMatchObject({ P: 1, A: 1, unmarked: 1 });
});

test("a session that only the other history has is there, with its own evidence", () => {
  const aside = history("b", [open({ title: "另一场" }), close(SESSION, "abandoned")]);
  const [chain = []] = chainsOf(aside);
  const [session] = foldChain(chain, []);
  expect(session && entryOf(session)).toMatchObject({ title: "另一场", ending: "abandoned" });
});

test("three histories of one box are two chains beside the counted one, and none loses a record", () => {
  const one = history("b", [open({ title: "乙" }), close(SESSION)]);
  const two = history("c", [open({ title: "丙" })]);
  const chains = chainsOf([...two, ...one]);
  const titles = chains.map((chain) => foldChain(chain, [])[0]?.title);
  expect(titles.sort()).toEqual(["丙", "乙"]);
  expect(chains.map((chain) => chain.length).sort()).toEqual([1, 2]);
});
