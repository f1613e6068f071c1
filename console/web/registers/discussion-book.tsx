/** 《讨论登记簿》: what was discussed, which points came up, who spoke. */
import { CheckOutlined, MinusOutlined } from "@ant-design/icons";
import { Table, type TableColumnsType } from "antd";
import type { NotePayload } from "../../../protocol/generated/types.ts";
import { Nothing } from "../parts/nothing.tsx";
import { Known, Unknown } from "../parts/unknown.tsx";
import type { SessionWords } from "../words/register-words.ts";
import type { BookProps } from "./book.ts";

export function DiscussionBook({ session, words }: BookProps) {
  return (
    <Table<NotePayload>
      size="small"
      rowKey={({ item, topic }) => `${item} ${topic}`}
      columns={noteColumns(words)}
      dataSource={[...session.register.notes]}
      pagination={false}
      locale={{ emptyText: <Nothing text="没有登记讨论" /> }}
    />
  );
}

function noteColumns(words: SessionWords): TableColumnsType<NotePayload> {
  return [
    {
      title: "讨论题",
      width: 380,
      render: (_, { item, topic }) => (
        <>
          {words.topic(item, topic).text}
          <div className="aside">{words.lessonTitle(item)}</div>
        </>
      ),
    },
    { title: "讲到的要点", render: (_, note) => <Points note={note} words={words} /> },
    {
      title: "发言的同志",
      width: 340,
      render: (_, { speakers }) => (
        <Known
          value={speakers.length === 0 ? null : speakers.map((id) => words.name(id)).join("、")}
          why="没有记下发言人"
        />
      ),
    },
    { title: "还有疑问", width: 100, render: (_, { doubts }) => doubtsWord(doubts) },
  ];
}

function doubtsWord(doubts: boolean | null) {
  if (doubts === null) return <Unknown why="没有登记" />;
  return doubts ? "有" : "没有";
}

/** All preset points, those that came up ticked; without their words the count must do. */
function Points({ note, words }: { readonly note: NotePayload; readonly words: SessionWords }) {
  const { points } = words.topic(note.item, note.topic);
  if (points.length === 0) {
    return <>{note.points.length === 0 ? "没有勾选要点" : `讲到 ${note.points.length} 个要点`}</>;
  }
  return (
    <ul className="points">
      {points.map((text, index) => {
        const came = note.points.includes(index);
        return (
          <li key={text} className={came ? "" : "aside"}>
            {came ? <CheckOutlined /> : <MinusOutlined />} {text}
            {!came && "（没讲到）"}
          </li>
        );
      })}
    </ul>
  );
}
