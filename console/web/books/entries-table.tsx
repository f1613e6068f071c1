/** Sessions as a clerk files them: attendance beside coverage, what is missing, what stands. */
import { Table, type TableColumnsType, Tag, Tooltip } from "antd";
import { Link } from "wouter";
import type { SessionEntry } from "../../../protocol/book-api.ts";
import { useCounty } from "../county-context.ts";
import { headCodeColumn } from "../parts/head-code-column.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { Known, Unknown } from "../parts/unknown.tsx";
import { PAPER_CODE_NAMES, PAPER_NAMES, whenText } from "../words/book-words.ts";

/** On one page, so that all of a year is printed: a busy room holds some hundred. */
const YEAR_SESSIONS = 300;

interface EntriesTableProps {
  readonly box: string;
  /** Newest first. */
  readonly entries: readonly SessionEntry[];
  /** Of a history that is not counted: there is no page of such a session. */
  readonly isOther?: boolean;
}

export function EntriesTable({ box, entries, isOther = false }: EntriesTableProps) {
  const { utcOffsetMinutes } = useCounty();
  return (
    <Table<SessionEntry>
      size="small"
      // Two histories may hold a session of one number.
      rowKey={(entry) => `${entry.id} ${entry.headCode ?? ""} ${entry.counts.P}`}
      className="wide-table"
      columns={columns({ box, utcOffsetMinutes, isOther })}
      dataSource={[...entries]}
      pagination={{ pageSize: YEAR_SESSIONS, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <Nothing text="这一年还没有场次" /> }}
    />
  );
}

type Columns = TableColumnsType<SessionEntry>;

interface ColumnsOptions {
  readonly box: string;
  readonly utcOffsetMinutes: number;
  readonly isOther: boolean;
}

function columns({ box, utcOffsetMinutes, isOther }: ColumnsOptions): Columns {
  return [
    {
      title: "时间",
      width: 150,
      render: (_, { openedAt }) => whenText(openedAt, utcOffsetMinutes),
    },
    {
      title: "场次",
      render: (_, { id, title, typeName, evidence }) => {
        const name = title === typeName ? typeName : `${typeName} · ${title}`;
        // Beside the numbers, never behind a click: nobody shall read one without it.
        return (
          <>
            {isOther ? name : <Link href={`/sessions/${box}/${id}`}>{name}</Link>}
            <div className="aside">依据：{evidence.join("；")}</div>
          </>
        );
      },
    },
    number("应到", ({ counts }) => counts.expected),
    number("到课", ({ coverage }) => coverage.attended),
    { title: "全覆盖", width: 74, align: "right", render: (_, entry) => <Covered entry={entry} /> },
    { title: "不计应到", width: 80, align: "right", render: (_, entry) => <Apart entry={entry} /> },
    {
      title: "清点",
      width: 60,
      align: "right",
      render: (_, { heads }) => <Known value={heads} why="没有清点人数" />,
    },
    {
      title: "更",
      className: "after-number",
      width: 60,
      render: (_, entry) => <Fixes entry={entry} />,
    },
    { title: "纸质签到册", width: 104, render: (_, entry) => <Paper entry={entry} /> },
    headCodeColumn(),
    { title: "齐不齐", width: 190, render: (_, entry) => <Lacks entry={entry} /> },
  ];
}

function number(title: string, pick: (entry: SessionEntry) => number): Columns[number] {
  return { title, width: 56, align: "right", render: (_, entry) => pick(entry) };
}

function Covered({ entry: { coverage } }: { readonly entry: SessionEntry }) {
  const { attended, madeUp, broughtHome, covered, expected } = coverage;
  const sum = `到课 ${attended} + 补课 ${madeUp} + 送学上门 ${broughtHome} = ${covered}，应到 ${expected}`;
  return (
    <Tooltip title={sum}>
      <b>{covered}</b>
    </Tooltip>
  );
}

/** Counted in no 应到: 双管, 协管, other branches, 列席, 群众. */
function Apart({ entry }: { readonly entry: SessionEntry }) {
  const { welcome } = entry.coverage;
  const { G, Q } = entry.counts;
  if (welcome + G + Q === 0) return <span className="aside">0</span>;
  return (
    <Tooltip title={`不计应到：双管、协管等 ${welcome} 人，列席 ${G} 人，群众 ${Q} 人`}>
      <span>{welcome + G + Q}</span>
    </Tooltip>
  );
}

function Fixes({ entry: { corrections } }: { readonly entry: SessionEntry }) {
  if (corrections === 0) return null;
  return (
    <Tooltip title={`结束后更正 ${corrections} 处，点开场次看原来是什么`}>
      <Tag className="corrected">更 {corrections}</Tag>
    </Tooltip>
  );
}

function Paper({ entry: { paper } }: { readonly entry: SessionEntry }) {
  if (paper === null) return <Unknown why="没有与纸质签到册核对" />;
  const code = paper.code === null ? "没有看" : PAPER_CODE_NAMES[paper.code];
  return (
    <Tooltip title={`纸上的核验码：${code}`}>
      <span className={paper.result === "differs" || paper.code === "differs" ? "wrong" : ""}>
        {PAPER_NAMES[paper.result]}
      </span>
    </Tooltip>
  );
}

function Lacks({ entry: { lacks } }: { readonly entry: SessionEntry }) {
  if (lacks.length === 0) return <span className="mark mark-present">✔ 齐全</span>;
  return <span className="lacks">{lacks.join("；")}</span>;
}
