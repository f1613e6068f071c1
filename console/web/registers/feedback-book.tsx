/** 《信息反馈簿》: each question with the hands that were counted. */
import { Table, type TableColumnsType } from "antd";
import type { FeedbackLine } from "../../../protocol/register.ts";
import { Nothing } from "../parts/nothing.tsx";
import { handsText } from "../words/attendance-words.ts";
import { handsSum, optionName, type SessionWords } from "../words/register-words.ts";
import type { BookProps } from "./book.ts";

export function FeedbackBook({ session, words }: BookProps) {
  return (
    <Table<FeedbackLine>
      size="small"
      rowKey={({ item, question }) => `${item} ${question}`}
      columns={feedbackColumns(words)}
      dataSource={[...session.register.feedback]}
      pagination={false}
      locale={{ emptyText: <Nothing text="没有登记反馈" /> }}
    />
  );
}

function feedbackColumns(words: SessionWords): TableColumnsType<FeedbackLine> {
  return [
    {
      title: "问题",
      width: 340,
      render: (_, { item, question }) => (
        <>
          {words.question(item, question).text}
          <div className="aside">{words.lessonTitle(item)}</div>
        </>
      ),
    },
    { title: "举手人数", render: (_, line) => <Hands line={line} words={words} /> },
    { title: "合计", width: 140, render: (_, line) => sumWords(line) },
  ];
}

function Hands({ line, words }: { readonly line: FeedbackLine; readonly words: SessionWords }) {
  const { options } = words.question(line.item, line.question);
  const rows = line.counts.map((hands, index) => ({ name: optionName(options, index), hands }));
  return (
    <ul className="points">
      {rows.map(({ name, hands }) => (
        <li key={name}>
          {name}:<b>{handsText(hands)}</b>
        </li>
      ))}
    </ul>
  );
}

function sumWords(line: FeedbackLine): string {
  const { sum, whole } = handsSum(line);
  if (whole) return `${sum} 人`;
  return sum === 0 ? "没有逐一数" : `数到的 ${sum} 人`;
}
