/** 《党员签到册》 on A4: what a branch files, with room for signatures. */
import { PrinterOutlined, RollbackOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect } from "react";
import { useLocation } from "wouter";
import type { CountySession } from "../../../protocol/console-api.ts";
import type { MarkLine } from "../../../protocol/register.ts";
import { useSession } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { dateTimeText } from "../county-time.ts";
import { Answer } from "../parts/answer.tsx";
import { STATUS_NAMES, sumSentence, wasPresent } from "../words/attendance-words.ts";
import { printHead, printTitle } from "../words/print-words.ts";
import { SessionWords } from "../words/register-words.ts";
import { instantText } from "../words/session-words.ts";
import "./print-page.css";

interface PrintPageProps {
  readonly box: string;
  readonly session: string;
}

export function PrintPage({ box, session }: PrintPageProps) {
  const answer = useSession(box, session);
  const [, go] = useLocation();
  return (
    <main className="print-page">
      <div className="print-acts">
        <Button icon={<RollbackOutlined />} onClick={() => go(`/sessions/${box}/${session}`)}>
          返回
        </Button>
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印签到册
        </Button>
        <span className="aside">A4 纸，纵向。打印后请本人在“签名”栏签字。</span>
      </div>
      <Answer of={answer}>{(data) => <Sheet session={data} />}</Answer>
    </main>
  );
}

/** The title of the document is the name that the browser gives to a saved PDF. */
function useDocumentTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}

function Sheet({ session }: { readonly session: CountySession }) {
  const { utcOffsetMinutes, nowMs } = useCounty();
  const { line, register } = session;
  useDocumentTitle(printTitle(line, utcOffsetMinutes));
  return (
    <article className="sheet">
      <h1>党员签到册</h1>
      <dl className="sheet-head">
        {printHead(session, utcOffsetMinutes).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <SheetTable session={session} />
      <footer className="sheet-foot">
        <p>{sumSentence(line.counts)}</p>
        <p>
          另有列席 {line.counts.G} 人、群众 {line.counts.Q} 人。
        </p>
        <p>{register.evidence.join("；")}。</p>
        {line.incomplete && <p>注意：打印时记录还没收全，人数以后可能增加。</p>}
        <p className="sheet-signs">
          <span>播放员（签名）：</span>
          <span>支部书记（签名）：</span>
          <span>日期：</span>
        </p>
        <p className="sheet-printed">打印于 {dateTimeText(nowMs, utcOffsetMinutes)} 县控制台</p>
      </footer>
    </article>
  );
}

/** Each page repeats whose sheet it is: loose pages must find home. */
function SheetTable({ session }: { readonly session: CountySession }) {
  const { utcOffsetMinutes } = useCounty();
  const { line, register } = session;
  const words = new SessionWords(session);
  // An absence is marked at some moment too, but that is not when anybody signed in.
  const timeOf = ({ status, at }: MarkLine) =>
    wasPresent(status) && at !== null ? instantText(at, utcOffsetMinutes) : "";
  const row = (mark: MarkLine) => (
    <tr key={mark.member}>
      <td className="center">{words.number(mark.member)}</td>
      <td>{words.name(mark.member)}</td>
      <td className="center">{STATUS_NAMES[mark.status]}</td>
      <td className="center">{timeOf(mark)}</td>
      <td />
    </tr>
  );
  return (
    <table>
      <colgroup>
        <col className="narrow" />
        <col />
        <col className="narrow" />
        <col className="middle" />
        <col className="wide" />
      </colgroup>
      <thead>
        <tr className="sheet-running">
          <td colSpan={5}>
            <span>{printTitle(line, utcOffsetMinutes)}</span>
            <span>核验码 {line.headCode ?? "（还没结束）"}</span>
          </td>
        </tr>
        <tr>
          <th>编号</th>
          <th>姓名</th>
          <th>状态</th>
          <th>签到时间</th>
          <th>签名</th>
        </tr>
      </thead>
      <tbody>{register.marks.map(row)}</tbody>
    </table>
  );
}
