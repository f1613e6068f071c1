/** 课后实践: what was taken home, and who will try it. */
import { Table, type TableColumnsType, Tag } from "antd";
import type { PractisePayload } from "../../../protocol/generated/types.ts";
import type { TaskResultLine } from "../../../protocol/register.ts";
import { Nothing } from "../parts/nothing.tsx";
import { Known, Unknown } from "../parts/unknown.tsx";
import { handsText } from "../words/attendance-words.ts";
import { TASK_ENDING_NAMES } from "../words/book-words.ts";
import type { SessionWords } from "../words/register-words.ts";
import type { BookProps } from "./book.ts";

const KIND_NAMES = { try: "回去试一试", outing: "集体活动" } as const;

export function PractiseBook({ session, words }: BookProps) {
  return (
    <Table<PractisePayload>
      size="small"
      rowKey={({ item, task }) => `${item} ${task}`}
      columns={taskColumns(words)}
      dataSource={[...session.register.tasks]}
      pagination={false}
      locale={{ emptyText: <Nothing text="没有布置课后实践" /> }}
    />
  );
}

/** Nothing was reported yet: it comes back at the next session. */
function Result({ result, words }: ResultProps) {
  if (result === undefined) return <span className="aside">还没有报</span>;
  const names = (ids: readonly string[]) => ids.map((id) => words.name(id)).join("、");
  return (
    <>
      {TASK_ENDING_NAMES[result.ending]},{handsText(result.heads)}
      {result.corrected && <Tag className="corrected">更</Tag>}
      {result.did.length > 0 && <div>做到了：{names(result.did)}</div>}
      {result.notYet.length > 0 && <div className="aside">还没做到：{names(result.notYet)}</div>}
    </>
  );
}

interface ResultProps {
  readonly result: TaskResultLine | undefined;
  readonly words: SessionWords;
}

function taskColumns(words: SessionWords): TableColumnsType<PractisePayload> {
  return [
    {
      title: "任务",
      render: (_, { item, task }) => (
        <>
          {words.task(item, task).text}
          <div className="aside">{words.lessonTitle(item)}</div>
        </>
      ),
    },
    {
      title: "方式",
      width: 140,
      render: (_, { item, task }) => {
        const { kind } = words.task(item, task);
        return kind === null ? <Unknown why="县里没有这个片子的资料" /> : KIND_NAMES[kind];
      },
    },
    { title: "愿意的人数", width: 120, render: (_, { heads }) => handsText(heads) },
    {
      title: "记下的同志",
      width: 300,
      render: (_, { members, hindered = [] }) => (
        <>
          <Known
            value={members.length === 0 ? null : members.map((id) => words.name(id)).join("、")}
            why="没有记下姓名"
          />
          {hindered.length > 0 && (
            <div className="aside">有困难：{hindered.map((id) => words.name(id)).join("、")}</div>
          )}
        </>
      ),
    },
    {
      title: "做得怎样",
      width: 240,
      render: (_, { item, task }) => <Result result={words.result(item, task)} words={words} />,
    },
  ];
}
