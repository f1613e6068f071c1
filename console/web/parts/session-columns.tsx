/** The columns of lists of sessions. */
import { type TableColumnsType, Tooltip } from "antd";
import { Link } from "wouter";
import type { SessionLine } from "../../../protocol/console-api.ts";
import {
  headsDiffer,
  headsSentence,
  presentCount,
  sumSentence,
} from "../words/attendance-words.ts";
import { openedDate, sessionTitle } from "../words/session-words.ts";
import { headCodeColumn } from "./head-code-column.tsx";
import { ProgressTag } from "./progress-tag.tsx";
import { Unknown } from "./unknown.tsx";

interface SessionColumnsOptions {
  readonly utcOffsetMinutes: number;
  readonly withRoom: boolean;
}

type Columns = TableColumnsType<SessionLine>;

export function sessionColumns({ utcOffsetMinutes, withRoom }: SessionColumnsOptions): Columns {
  return [
    {
      title: "开始时间",
      width: 156,
      render: (_, line) => openedDate(line, utcOffsetMinutes),
    },
    ...(withRoom ? [ROOM] : []),
    {
      title: "场次",
      render: (_, line) => (
        <Link href={`/sessions/${line.box}/${line.id}`}>{sessionTitle(line)}</Link>
      ),
    },
    ...COUNTS,
    {
      title: "状态",
      className: "after-number",
      width: 160,
      render: (_, line) => <ProgressTag line={line} />,
    },
    headCodeColumn(),
  ];
}

const ROOM: Columns[number] = {
  title: "收看室",
  width: 190,
  render: (_, { box, boxName }) => <Link href={`/boxes/${box}`}>{boxName}</Link>,
};

const COUNTS: Columns = [
  number("应到", ({ counts }) => counts.expected),
  {
    title: "实到",
    width: 56,
    align: "right",
    render: (_, { counts }) => (
      <Tooltip title={sumSentence(counts)}>
        <b>{presentCount(counts)}</b>
      </Tooltip>
    ),
  },
  number("迟到", ({ counts }) => counts.L),
  number("请假", ({ counts }) => counts.V),
  number("缺席", ({ counts }) => counts.A),
  number("未登记", ({ counts }) => counts.unmarked, 68),
  {
    title: "列席/群众",
    width: 84,
    align: "right",
    render: (_, { counts }) => `${counts.G} / ${counts.Q}`,
  },
  { title: "清点人数", width: 80, align: "right", render: (_, line) => <Heads line={line} /> },
];

function number(title: string, pick: (line: SessionLine) => number, width = 56): Columns[number] {
  return { title, width, align: "right", render: (_, line) => pick(line) };
}

function Heads({ line }: { readonly line: SessionLine }) {
  const sentence = headsSentence(line);
  if (line.heads === null) return <Unknown why={sentence} />;
  return (
    <Tooltip title={sentence}>
      <span className={headsDiffer(line) ? "wrong" : ""}>
        {line.heads}
        {headsDiffer(line) && " ≠"}
      </span>
    </Tooltip>
  );
}
