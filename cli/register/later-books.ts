/** Books of what is recorded beside and after the sessions, and of a whole year. */
import { coverageOf } from "../../protocol/books/attendance.ts";
import { lacksOf } from "../../protocol/books/lacks.ts";
import { inScope } from "../../protocol/books/scope.ts";
import type { PaperCode, PaperResult } from "../../protocol/generated/types.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import { type Book, headOf } from "./book-lines.ts";
import { HOW_WORDS, writeInstant } from "./words.ts";

const PAPER_WORDS: Readonly<Record<PaperResult, string>> = {
  same: "一致",
  differs: "不一致",
  none: "没有纸质",
};
const CODE_WORDS: Readonly<Record<PaperCode, string>> = {
  same: "抄对了",
  differs: "对不上",
  unwritten: "没有抄",
};

export const year: Book = ({ sessions, scope }) =>
  inScope(sessions, scope).sessions.map((session) => {
    const { attended, covered, counts } = coverageOf(session, scope.branch);
    const fixed = session.corrections.filter(({ stands }) => stands).length;
    return {
      ...headOf(session),
      类型: sessionTypeName(session.type),
      应到: counts.expected,
      到课: attended,
      覆盖: covered,
      清点: session.heads,
      更正: fixed === 0 ? "" : `更 ${fixed}`,
      核验码: session.headCode,
      纸质: session.paper === null ? null : PAPER_WORDS[session.paper.result],
      缺什么: lacksOf(session).join("；"),
      依据: session.evidence.join("；"),
    };
  });

export const made: Book = ({ sessions, scope, directory }) =>
  inScope(sessions, scope).sessions.flatMap((session) =>
    session.makeups.map((line) => ({
      ...headOf(session),
      记录: line.record,
      补的是: line.item === null ? "全场" : (session.lessons[line.item]?.id ?? "全场"),
      怎么补的: line.stage === null ? HOW_WORDS[line.how] : `${HOW_WORDS[line.how]} ${line.stage}`,
      谁: line.members.map((id) => directory.name(id).text).join("、"),
      哪天: line.day ?? writeInstant(line.at),
      在哪一场: line.held,
    })),
  );

export const guests: Book = ({ sessions, scope, directory }) =>
  inScope(sessions, scope).sessions.flatMap((session) =>
    session.guests.map(({ id, no }) => ({
      ...headOf(session),
      第几位: no,
      谁: directory.name(id).text,
    })),
  );

export const paper: Book = ({ sessions, scope, directory }) =>
  inScope(sessions, scope).sessions.flatMap((session) => {
    if (session.paper === null) return [];
    const { result, signed, missing, extra, code } = session.paper;
    const names = (ids: readonly string[]) => ids.map((id) => directory.name(id).text).join("、");
    return [
      {
        ...headOf(session),
        核对: PAPER_WORDS[result],
        签名: signed,
        没有签名: names(missing),
        没有登记: names(extra),
        核验码: code === null ? null : CODE_WORDS[code],
      },
    ];
  });
