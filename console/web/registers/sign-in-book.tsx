/** 《党员签到册》 */
import { Segmented, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import type { AttendanceStatus } from "../../../protocol/generated/types.ts";
import type { MarkLine } from "../../../protocol/register.ts";
import { useCounty } from "../county-context.ts";
import { Nothing } from "../parts/nothing.tsx";
import { StatusMark } from "../parts/status-mark.tsx";
import { Known } from "../parts/unknown.tsx";
import { countOf, HOW_NAMES, STATUS_NAMES, STATUS_ORDER } from "../words/attendance-words.ts";
import type { SessionWords } from "../words/register-words.ts";
import { instantText } from "../words/session-words.ts";
import type { BookProps } from "./book.ts";

type Shown = AttendanceStatus | "all";

export function SignInBook({ session, words }: BookProps) {
  const { register } = session;
  const { utcOffsetMinutes } = useCounty();
  const [shown, setShown] = useState<Shown>("all");
  const marks = register.marks.filter(({ status }) => shown === "all" || status === shown);
  const named = register.guests.length > 0 ? `，其中 ${register.guests.length} 人记了名` : "";
  const guests = `另有列席 ${register.counts.G} 人、群众 ${register.counts.Q} 人${named}。`;
  return (
    <>
      <Segmented<Shown>
        className="book-filter"
        value={shown}
        onChange={setShown}
        options={[
          { value: "all", label: `应到 ${register.counts.expected}` },
          ...STATUS_ORDER.map((status) => ({
            value: status,
            label: `${STATUS_NAMES[status]} ${countOf(register.counts, status)}`,
          })),
        ]}
      />
      <Table<MarkLine>
        size="small"
        rowKey="member"
        columns={markColumns(words, utcOffsetMinutes)}
        dataSource={marks}
        pagination={false}
        locale={{ emptyText: <Nothing text={emptyWords(shown)} /> }}
        footer={() => guests}
      />
    </>
  );
}

function emptyWords(shown: Shown): string {
  return shown === "all" ? "这场没有应到名单" : `没有${STATUS_NAMES[shown]}的同志`;
}

function markColumns(words: SessionWords, utcOffsetMinutes: number): TableColumnsType<MarkLine> {
  return [
    { title: "编号", width: 80, render: (_, { member }) => words.number(member) },
    {
      title: "姓名",
      width: 200,
      render: (_, { member }) => (
        <span className={words.isKnown(member) ? "" : "aside"}>{words.name(member)}</span>
      ),
    },
    {
      title: "党小组",
      width: 180,
      render: (_, { member }) => (
        <Known value={words.member(member)?.group || null} why="没有登记" />
      ),
    },
    {
      title: "支部",
      width: 200,
      render: (_, { member }) => (
        <>
          <Known value={words.homeBranch(member)} why="开场时没有记" />
          {!words.isExpected(member) && <div className="aside">双管、协管等，不计应到</div>}
        </>
      ),
    },
    { title: "状态", width: 120, render: (_, { status }) => <StatusMark status={status} /> },
    {
      title: "登记时间",
      width: 160,
      render: (_, { at }) => (
        <Known value={at === null ? null : instantText(at, utcOffsetMinutes)} why="还没有登记" />
      ),
    },
    {
      title: "登记方式",
      render: (_, { how, corrected, member }) => (
        <>
          <Known value={how === null ? null : HOW_NAMES[how]} why="还没有登记" />
          {corrected && <Tag className="corrected">更：原来是{words.markHistory(member)}</Tag>}
        </>
      ),
    },
  ];
}
