/** What an inspector asks for, on pages: the meetings, what is owed, the code of each session. */
import type { InspectorBook, SessionEntry } from "../../../protocol/book-api.ts";
import { LinesScreen } from "../parts/lines-screen.ts";
import { coverageWords, dayWords, wholeMark } from "../parts/register-words.ts";
import type { ScreenContext } from "../screen.ts";

export class InspectScreen extends LinesScreen {
  readonly name = "inspect";

  constructor(context: ScreenContext) {
    super(context, {
      back: "学习记录",
      async read({ fetchJson, view }) {
        const book = await fetchJson<InspectorBook>("/api/books/inspect");
        if (book === null) return null;
        const lines = inspectorLines(book, view().clock.utcOffsetMinutes);
        return { heading: "全年一览", lines };
      },
    });
  }
}

export function inspectorLines(book: InspectorBook, utcOffsetMinutes: number): string[] {
  const { counts, sessions, owed, openTasks, damage } = book;
  const { assembly, committee, group, lecture, democraticLife } = counts.meetings;
  const whole = sessions.filter(({ lacks }) => lacks.length === 0).length;
  return [
    `党员大会 ${assembly} 次  支委会 ${committee} 次  党小组会 ${group} 次  党课 ${lecture} 次`,
    `民主生活会 ${democraticLife} 次`,
    `共 ${sessions.length} 场，齐全 ${whole} 场`,
    owed.people === 0 ? "没有人欠课 ✔" : `还有 ${owed.people} 人欠课，共 ${owed.lessons} 课次`,
    ...(owed.stages > 0 ? [`支部欠 ${owed.stages} 步没有补`] : []),
    ...(openTasks > 0 ? [`课后实践还有 ${openTasks} 件没有结果`] : []),
    ...(damage.length === 0 ? ["记录完好 ✔"] : damage.map((words) => `▲ ${words}`)),
    ...(counts.undated > 0 ? [`▲ ${counts.undated} 场日期没有确认`] : []),
    ...counts.types.map(
      ({ typeName, held, expected, attended, covered }) =>
        `${typeName} ${held} 次  应到 ${expected}  到 ${attended}  全覆盖 ${covered}`,
    ),
    ...sessions.map((entry) => sessionLine(entry, utcOffsetMinutes)),
  ];
}

function sessionLine(entry: SessionEntry, utcOffsetMinutes: number): string {
  const { openedAt, title, headCode, lacks } = entry;
  const code = headCode === null ? "没有核验码" : `核验码 ${headCode}`;
  const missing = lacks.length === 0 ? "" : `\n▲ ${lacks.join("，")}`;
  const day = dayWords(openedAt, utcOffsetMinutes);
  return `${wholeMark(entry)} ${day}  《${title}》  ${code}\n${coverageWords(entry)}${missing}`;
}
