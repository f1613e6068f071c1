/** 《党员收视手册》: one member's year. */
import { Select, Table, type TableColumnsType, Tag } from "antd";
import { Link, useSearch } from "wouter";
import type { MemberBook, MemberLine } from "../../../protocol/book-api.ts";
import type { BookPeople } from "../../../protocol/console-api.ts";
import { type BookScope, useBook } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { lengthText } from "../county-time.ts";
import { setHashSearch } from "../hash-route.ts";
import { Answer } from "../parts/answer.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { StatusMark } from "../parts/status-mark.tsx";
import { Known } from "../parts/unknown.tsx";
import { HOW_MADE_NAMES, MANAGEMENT_NAMES, whenText } from "../words/book-words.ts";

interface MemberYearProps {
  readonly id: string;
  readonly scope: BookScope;
  readonly people: BookPeople;
}

export function MemberYear({ id, scope, people }: MemberYearProps) {
  const member = new URLSearchParams(useSearch()).get("member");
  const own = people.members.filter(
    ({ branch }) => scope.branch === null || branch === scope.branch,
  );
  return (
    <>
      <Select
        className="filter-room book-filter"
        placeholder="选一位同志"
        value={member}
        options={own.map((one) => ({ value: one.id, label: `${one.no ?? ""} ${one.text}` }))}
        showSearch={{ optionFilterProp: "label" }}
        notFoundContent="没有这位同志"
        onChange={(chosen: string) => setHashSearch({ member: chosen })}
      />
      {member === null ? (
        <Nothing text="选一位同志，看这一年的收视手册" />
      ) : (
        <Handbook id={id} scope={scope} member={member} />
      )}
    </>
  );
}

interface HandbookProps {
  readonly id: string;
  readonly scope: BookScope;
  readonly member: string;
}

function Handbook({ id, scope, member }: HandbookProps) {
  const book = useBook<MemberBook>(id, `member/${encodeURIComponent(member)}`, scope);
  const { utcOffsetMinutes } = useCounty();
  return (
    <Answer of={book}>
      {({ lines, expected, attended, covered, management, member: named }) => (
        <>
          <p>
            <b>{named.text}</b>
            {named.no !== null && ` 编号 ${named.no}`}
            {management !== null && ` ${MANAGEMENT_NAMES[management]}`}:应到 {expected} 场，到课{" "}
            {attended} 场，补课以后覆盖 {covered} 场。
          </p>
          <Table<MemberLine>
            size="small"
            rowKey={({ session }) => session.id}
            columns={columns(id, utcOffsetMinutes)}
            dataSource={[...lines]}
            pagination={false}
            locale={{ emptyText: <Nothing text="这一年没有这位同志的记录" /> }}
          />
        </>
      )}
    </Answer>
  );
}

function columns(box: string, utcOffsetMinutes: number): TableColumnsType<MemberLine> {
  return [
    {
      title: "时间",
      width: 156,
      render: (_, { session }) => whenText(session.openedAt, utcOffsetMinutes),
    },
    {
      title: "场次",
      render: (_, { session: { id, title, typeName } }) => (
        <Link href={`/sessions/${box}/${id}`}>
          {title === typeName ? typeName : `${typeName} · ${title}`}
        </Link>
      ),
    },
    {
      title: "签到",
      width: 150,
      render: (_, { status, corrected, expected }) => (
        <>
          <StatusMark status={status} /> {corrected && <Tag className="corrected">更</Tag>}
          {!expected && <div className="aside">不计应到</div>}
        </>
      ),
    },
    {
      title: "放了多久",
      width: 100,
      render: (_, { watchedMs }) => (
        <Known value={watchedMs} why="当时不在场，或者没有放片子">
          {lengthText}
        </Known>
      ),
    },
    {
      title: "补课",
      width: 220,
      render: (_, { makeups, owed }) => (
        <>
          {makeups.map(({ how, day }) => `${HOW_MADE_NAMES[how]}${day ?? ""}`).join("、")}
          {owed.length > 0 && <div className="lacks">还欠：{owed.join("、")}</div>}
        </>
      ),
    },
    { title: "发言", width: 64, align: "right", dataIndex: "spoke" },
    { title: "实践", width: 64, align: "right", dataIndex: "tasks" },
  ];
}
