/** 《收看情况登记簿》: what of each film really ran, and the steps as they were held. */
import { Table, type TableColumnsType } from "antd";
import type { StageLine, ViewingLine } from "../../../protocol/register.ts";
import { useCounty } from "../county-context.ts";
import { lengthText, positionText } from "../county-time.ts";
import { Nothing } from "../parts/nothing.tsx";
import { Known, Unknown } from "../parts/unknown.tsx";
import { ENDING_NAMES, type SessionWords } from "../words/register-words.ts";
import { instantText } from "../words/session-words.ts";
import { watchedWords } from "../words/viewing-words.ts";
import type { BookProps } from "./book.ts";

export function ViewingBook({ session, words }: BookProps) {
  const { utcOffsetMinutes } = useCounty();
  const { viewing, stages } = session.register;
  return (
    <>
      <Table<ViewingLine>
        size="small"
        rowKey="item"
        columns={viewingColumns(words)}
        dataSource={[...viewing]}
        pagination={false}
        locale={{ emptyText: <Nothing text="还没有放过片子" /> }}
      />
      <h3>各步骤</h3>
      <Table<StageLine>
        size="small"
        rowKey={(line) =>
          `${line.item} ${line.stage} ${line.enteredAt.bootOrdinal} ${line.enteredAt.bootMs}`
        }
        columns={stageColumns(words, utcOffsetMinutes)}
        dataSource={[...stages]}
        pagination={false}
        locale={{ emptyText: <Nothing text="还没有开始" /> }}
      />
    </>
  );
}

function viewingColumns(words: SessionWords): TableColumnsType<ViewingLine> {
  return [
    { title: "片子", render: (_, { item }) => words.lessonTitle(item) },
    {
      title: "片长",
      width: 110,
      render: (_, { item }) => (
        <Known value={words.lessonOf(item)?.durationMs} why="县里没有这个片子的资料">
          {lengthText}
        </Known>
      ),
    },
    {
      title: "实际放了",
      width: 190,
      render: (_, { item, watchedMs }) =>
        watchedWords(watchedMs, words.lessonOf(item)?.durationMs ?? null),
    },
    { title: "放过的段落", width: 240, render: (_, { spans }) => <Spans spans={spans} /> },
    {
      title: "讲解",
      width: 220,
      render: (_, { cuesExplained, ownExplanations, questionsNoted }) =>
        `讲解点 ${cuesExplained.length} 个，自己停下讲 ${ownExplanations} 次` +
        (questionsNoted > 0 ? `，记下问题 ${questionsNoted} 处` : ""),
    },
  ];
}

function Spans({ spans }: { readonly spans: ViewingLine["spans"] }) {
  if (spans.length === 0) return <Unknown why="没有放过" />;
  return <>{spans.map(([from, to]) => `${positionText(from)}–${positionText(to)}`).join("、")}</>;
}

function stageColumns(words: SessionWords, utcOffsetMinutes: number): TableColumnsType<StageLine> {
  return [
    { title: "步骤", width: 160, render: (_, { stage }) => words.stage(stage) },
    ...(words.lessonCount > 1
      ? [{ title: "片子", render: (_: unknown, { item }: StageLine) => words.lessonTitle(item) }]
      : []),
    {
      title: "开始时间",
      width: 240,
      render: (_, { enteredAt }) => instantText(enteredAt, utcOffsetMinutes),
    },
    {
      title: "结果",
      render: (_, { ending }) => (ending === null ? "还没结束" : ENDING_NAMES[ending]),
    },
  ];
}
