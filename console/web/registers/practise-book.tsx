/** 课后实践: what was taken home, and who will try it. */
import { Table, type TableColumnsType } from "antd";
import type { PractisePayload } from "../../../protocol/generated/types.ts";
import { Nothing } from "../parts/nothing.tsx";
import { Known, Unknown } from "../parts/unknown.tsx";
import { handsText } from "../words/attendance-words.ts";
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
      width: 360,
      render: (_, { members }) => (
        <Known
          value={members.length === 0 ? null : members.map((id) => words.name(id)).join("、")}
          why="没有记下姓名"
        />
      ),
    },
  ];
}
