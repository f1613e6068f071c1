/** 课后实践 that is not finished: it is asked for again at the next session. */
import { Table, type TableColumnsType } from "antd";
import type { TaskLine } from "../../../protocol/book-api.ts";
import { type BookScope, useBook } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { dayKey } from "../county-time.ts";
import { Answer } from "../parts/answer.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { Known } from "../parts/unknown.tsx";
import { handsText } from "../words/attendance-words.ts";
import { personText, TASK_ENDING_NAMES, whenText } from "../words/book-words.ts";

interface TasksTableProps {
  readonly id: string;
  readonly scope: BookScope;
}

export function TasksTable({ id, scope }: TasksTableProps) {
  const tasks = useBook<TaskLine[]>(id, "tasks", scope);
  const { utcOffsetMinutes } = useCounty();
  return (
    <Answer of={tasks}>
      {(lines) => (
        <Table<TaskLine>
          size="small"
          rowKey={({ session, item, task }) => `${session.id} ${item} ${task}`}
          columns={columns(utcOffsetMinutes)}
          dataSource={[...lines]}
          pagination={false}
          locale={{ emptyText: <Nothing text="没有没做完的课后实践" /> }}
        />
      )}
    </Answer>
  );
}

function columns(utcOffsetMinutes: number): TableColumnsType<TaskLine> {
  return [
    {
      title: "哪一场布置的",
      width: 156,
      render: (_, { session }) => whenText(session.openedAt, utcOffsetMinutes),
    },
    { title: "任务", render: (_, { text }) => text },
    {
      title: "方式",
      width: 110,
      render: (_, { kind }) => (kind === "outing" ? "集体活动" : "回去试一试"),
    },
    { title: "愿意的", width: 90, render: (_, { heads }) => handsText(heads) },
    { title: "记下的同志", width: 260, render: (_, line) => <Who line={line} /> },
    {
      title: "期限",
      width: 110,
      render: (_, { dueUnixMs }) => (
        <Known
          value={dueUnixMs === null ? null : dayKey(dueUnixMs, utcOffsetMinutes)}
          why="没有定期限，或者不知道是哪天布置的"
        />
      ),
    },
    {
      title: "现在",
      width: 110,
      render: (_, { ending }) => (ending === null ? "还没有报" : TASK_ENDING_NAMES[ending]),
    },
  ];
}

function Who({ line: { people, hindered } }: { readonly line: TaskLine }) {
  return (
    <>
      <Known
        value={people.length === 0 ? null : people.map(personText).join("、")}
        why="没有记下姓名"
      />
      {hindered.length > 0 && (
        <div className="aside">有困难：{hindered.map(personText).join("、")}</div>
      )}
    </>
  );
}
