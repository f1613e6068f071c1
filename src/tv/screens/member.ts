/** 《党员收视手册》: one member, everything this box knows, the newest last as in the book. */
import type { MemberBook, MemberLine } from "../../../protocol/book-api.ts";
import { LinesScreen } from "../parts/lines-screen.ts";
import { dayWords, STATUS_WORDS } from "../parts/register-words.ts";
import { numberWords } from "../parts/words.ts";
import type { ScreenContext } from "../screen.ts";

export class MemberScreen extends LinesScreen {
  readonly name = "member";

  constructor(context: ScreenContext, id: string) {
    super(context, {
      back: "签到册",
      async read({ fetchJson, view }) {
        const book = await fetchJson<MemberBook>(`/api/books/member/${id}`);
        return book === null ? null : handbookOf(book, view().clock.utcOffsetMinutes);
      },
    });
  }
}

export function handbookOf(book: MemberBook, utcOffsetMinutes: number) {
  const { member, expected, attended, covered, lines, undated } = book;
  const no = member.no === null ? "" : `${numberWords(member.no)} `;
  return {
    heading: `收视手册  ${no}${member.text}`,
    lines: [
      `应到 ${expected} 场  到 ${attended} 场  连补课 ${covered} 场`,
      ...(undated > 0 ? [`另有 ${undated} 场日期没有确认`] : []),
      ...lines.map((line) => lineOf(line, utcOffsetMinutes)),
    ],
  };
}

function lineOf(line: MemberLine, utcOffsetMinutes: number): string {
  const { session, status, corrected, makeups, owed, spoke, tasks } = line;
  const paid = makeups.map(({ how }) => (how === "home" ? "已送学上门" : "已补课"));
  const more = [
    ...(corrected ? ["更"] : []),
    ...new Set(paid),
    ...(owed.length > 0 ? [`还欠 ${owed.length} 课`] : []),
    ...(spoke > 0 ? ["发言"] : []),
    ...(tasks > 0 ? ["实践"] : []),
  ];
  const day = dayWords(session.openedAt, utcOffsetMinutes);
  return `${day}  ${STATUS_WORDS[status]}  ${more.join("  ")}\n《${session.title}》`;
}
