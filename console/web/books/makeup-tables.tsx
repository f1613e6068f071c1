/** 补课: who owes which lesson, what a whole unit owes, and what was made up. */
import { Table, type TableColumnsType } from "antd";
import type { MadeUp, MakeupBook, OwedLesson, OwedStage } from "../../../protocol/book-api.ts";
import { type BookScope, useBook } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { Answer } from "../parts/answer.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { STATUS_NAMES } from "../words/attendance-words.ts";
import { HOW_MADE_NAMES, personText, whenText } from "../words/book-words.ts";

interface MakeupTablesProps {
  readonly id: string;
  readonly scope: BookScope;
}

export function MakeupTables({ id, scope }: MakeupTablesProps) {
  const book = useBook<MakeupBook>(id, "makeup", scope);
  const { utcOffsetMinutes } = useCounty();
  return (
    <Answer of={book}>
      {({ lessons, stages, made }) => (
        <>
          <h3>还没有补的课</h3>
          <p className="aside">
            缺席和请假的同志，每一课都要补。补了课，到课人数不变，全覆盖人数增加。失联和已转走的同志不列。
          </p>
          <Table<OwedLesson>
            size="small"
            rowKey={({ session, item }) => `${session.id} ${item}`}
            columns={owedColumns(utcOffsetMinutes)}
            dataSource={[...lessons]}
            pagination={false}
            locale={{ emptyText: <Nothing text="没有人欠课" /> }}
          />
          {stages.length > 0 && <Stages stages={stages} utcOffsetMinutes={utcOffsetMinutes} />}
          <h3>补过的课</h3>
          <Table<MadeUp>
            size="small"
            rowKey="record"
            columns={madeColumns(utcOffsetMinutes)}
            dataSource={[...made]}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Nothing text="还没有登记补课" /> }}
          />
        </>
      )}
    </Answer>
  );
}

function owedColumns(utcOffsetMinutes: number): TableColumnsType<OwedLesson> {
  return [
    {
      title: "缺的是哪一场",
      width: 156,
      render: (_, { session }) => whenText(session.openedAt, utcOffsetMinutes),
    },
    { title: "哪一课", width: 320, render: (_, { title }) => title },
    { title: "人数", width: 64, align: "right", render: (_, { people }) => people.length },
    {
      title: "谁还没有补",
      className: "after-number",
      render: (_, { people }) =>
        people
          .map((person) => `${personText(person)}（${STATUS_NAMES[person.status]}）`)
          .join("、"),
    },
  ];
}

interface StagesProps {
  readonly stages: readonly OwedStage[];
  readonly utcOffsetMinutes: number;
}

function Stages({ stages, utcOffsetMinutes }: StagesProps) {
  const columns: TableColumnsType<OwedStage> = [
    {
      title: "哪一场",
      width: 156,
      render: (_, { session }) => whenText(session.openedAt, utcOffsetMinutes),
    },
    { title: "题目", width: 320, render: (_, { session }) => session.title },
    { title: "哪一步", width: 140, dataIndex: "stageName" },
    {
      title: "当时",
      render: (_, { ending }) => (ending === "failed" ? "没有放成" : "没有做完就往下走了"),
    },
  ];
  return (
    <>
      <h3>整个单位要重上的</h3>
      <Table<OwedStage>
        size="small"
        rowKey={({ session, item, stage }) => `${session.id} ${item} ${stage}`}
        columns={columns}
        dataSource={[...stages]}
        pagination={false}
      />
    </>
  );
}

function madeColumns(utcOffsetMinutes: number): TableColumnsType<MadeUp> {
  return [
    {
      title: "哪天补的",
      width: 156,
      render: (_, { day, at }) => day ?? whenText(at, utcOffsetMinutes),
    },
    { title: "补的是", width: 320, render: (_, { title }) => title },
    {
      title: "怎么补的",
      width: 140,
      render: (_, { how, stage }) =>
        stage === null ? HOW_MADE_NAMES[how] : `${HOW_MADE_NAMES[how]}：${stage}`,
    },
    { title: "谁", render: (_, { people }) => people.map(personText).join("、") },
  ];
}
