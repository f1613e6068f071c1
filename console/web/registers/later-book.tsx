/** What was recorded of a session beside its registers: guests, paper, corrections, make-ups. */
import { Table, type TableColumnsType, Tag } from "antd";
import type { CorrectionLine, MakeupLine, PaperLine } from "../../../protocol/register.ts";
import { useCounty } from "../county-context.ts";
import { Known } from "../parts/unknown.tsx";
import {
  changeWords,
  fieldName,
  HOW_MADE_NAMES,
  PAPER_CODE_NAMES,
  PAPER_NAMES,
  REASON_NAMES,
  whenText,
} from "../words/book-words.ts";
import type { SessionWords } from "../words/register-words.ts";
import type { BookProps } from "./book.ts";

export function LaterBook({ session, words }: BookProps) {
  const { corrections, makeups, paper, guests } = session.register;
  const { utcOffsetMinutes } = useCounty();
  return (
    <>
      <h3>更正</h3>
      <p className="aside">
        结束以后只能这样改：原来的记录都在，改成什么、谁改的、为什么，都看得到。
      </p>
      {corrections.length === 0 ? (
        <p>结束以后没有更正过。</p>
      ) : (
        <Table<CorrectionLine>
          size="small"
          rowKey="record"
          columns={correctionColumns(words, utcOffsetMinutes)}
          dataSource={[...corrections]}
          pagination={false}
        />
      )}
      <h3>补课和送学上门</h3>
      {makeups.length === 0 ? (
        <p>还没有登记补课。</p>
      ) : (
        <Table<MakeupLine>
          size="small"
          rowKey="record"
          columns={makeupColumns(words, utcOffsetMinutes)}
          dataSource={[...makeups]}
          pagination={false}
        />
      )}
      <h3>与纸质签到册核对</h3>
      {paper === null ? (
        <p>还没有核对。</p>
      ) : (
        <Paper paper={paper} words={words} utcOffsetMinutes={utcOffsetMinutes} />
      )}
      <h3>来宾</h3>
      {guests.length === 0 ? (
        <p>没有记名的来宾。</p>
      ) : (
        <p>
          {guests.map(({ id }) => words.name(id)).join("、")}
          <span className="aside"> 姓名只在村里的播放盒上，县里不收。</span>
        </p>
      )}
    </>
  );
}

function correctionColumns(
  words: SessionWords,
  utcOffsetMinutes: number,
): TableColumnsType<CorrectionLine> {
  return [
    { title: "什么时候改的", width: 170, render: (_, { at }) => whenText(at, utcOffsetMinutes) },
    {
      title: "改的是",
      width: 220,
      render: (_, { field, member }) =>
        member === null ? fieldName(field) : `${words.number(member)} ${words.name(member)}`,
    },
    {
      title: "原来 → 现在",
      width: 240,
      render: (_, line) => (
        <>
          {changeWords(line)}{" "}
          {!line.stands && <Tag title="写的时候原来已经不是这样，所以没有生效">没有生效</Tag>}
        </>
      ),
    },
    { title: "为什么", width: 200, render: (_, { reason }) => REASON_NAMES[reason] },
    {
      title: "播放员",
      render: (_, { by }) => <Known value={by === "-" ? null : words.name(by)} why="没有登记" />,
    },
  ];
}

function makeupColumns(
  words: SessionWords,
  utcOffsetMinutes: number,
): TableColumnsType<MakeupLine> {
  return [
    {
      title: "哪天补的",
      width: 170,
      render: (_, { day, at }) => day ?? whenText(at, utcOffsetMinutes),
    },
    {
      title: "怎么补的",
      width: 220,
      render: (_, { how, stage }) =>
        stage === null ? HOW_MADE_NAMES[how] : `${HOW_MADE_NAMES[how]}：${words.stage(stage)}`,
    },
    {
      title: "补的是",
      width: 240,
      render: (_, { item }) => (item === null ? "全场" : words.lessonTitle(item)),
    },
    { title: "谁", render: (_, { members }) => members.map((id) => words.name(id)).join("、") },
  ];
}

interface PaperProps {
  readonly paper: PaperLine;
  readonly words: SessionWords;
  readonly utcOffsetMinutes: number;
}

function Paper({ paper, words, utcOffsetMinutes }: PaperProps) {
  const { result, signed, missing, extra, code, at } = paper;
  const names = (ids: readonly string[]) => ids.map((id) => words.name(id)).join("、");
  return (
    <ul className="evidence">
      <li className={result === "differs" ? "doubt" : ""}>
        {whenText(at, utcOffsetMinutes)} 核对：{PAPER_NAMES[result]}
        {signed !== null && `，纸上 ${signed} 个签名`}
      </li>
      {missing.length > 0 && <li className="doubt">登记到场、纸上没有签名：{names(missing)}</li>}
      {extra.length > 0 && <li className="doubt">纸上有签名、没有登记到场：{names(extra)}</li>}
      <li className={code === "same" ? "" : "doubt"}>
        纸上的核验码：{code === null ? "没有看" : PAPER_CODE_NAMES[code]}
      </li>
    </ul>
  );
}
