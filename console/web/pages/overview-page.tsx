/** 总览: the county at a glance, and which rooms are in session now. */
import { Card, Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { BoxLine, Overview, SessionLine } from "../../../protocol/console-api.ts";
import { useBoxes, useOverview, useRecentSessions } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { dayKey, dayStartMs, longDayText } from "../county-time.ts";
import { attentionOf } from "../lists/attention.ts";
import { compareNames } from "../lists/box-filter.ts";
import { Answer } from "../parts/answer.tsx";
import { AttendanceInline } from "../parts/attendance.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { Unknown } from "../parts/unknown.tsx";
import { isInSession, screenText } from "../words/screen-words.ts";
import { sessionTitle } from "../words/session-words.ts";

const DAY_MS = 86_400_000;

export function OverviewPage() {
  const overview = useOverview();
  const boxes = useBoxes();
  const { nowMs, utcOffsetMinutes } = useCounty();
  return (
    <>
      <PageHead title="总览" note={longDayText(nowMs, utcOffsetMinutes)} />
      <Answer of={overview}>{(counts) => <Counts counts={counts} boxes={boxes.data} />}</Answer>
      <Answer of={boxes}>
        {(lines) => (
          <>
            <RoomsInSession boxes={lines} />
            <Attention boxes={lines} />
          </>
        )}
      </Answer>
    </>
  );
}

interface CountsProps {
  readonly counts: Overview;
  readonly boxes: readonly BoxLine[] | undefined;
}

function Counts({ counts, boxes }: CountsProps) {
  const { nowMs, utcOffsetMinutes } = useCounty();
  const today = dayKey(nowMs, utcOffsetMinutes);
  const attention = boxes?.filter((box) => attentionOf(box, nowMs).length > 0).length;
  const todayHref = `/sessions?from=${today}&to=${today}`;
  return (
    <div className="counts">
      <Count name="收看室" value={counts.boxes} href="/boxes" />
      <Count name="在线" value={counts.online} href="/boxes?show=online" />
      <Count name="正在开展学习" value={counts.inSession} href="/boxes?show=in-session" />
      <Count name="今天场次" value={counts.sessionsToday} href={todayHref} />
      <Count name="今天到课人次" value={counts.presentToday} href={todayHref} />
      <Count
        name="需要处理"
        value={attention}
        href="/boxes?show=attention"
        {...((attention ?? 0) > 0 && { look: "count-attention" })}
      />
    </div>
  );
}

interface CountProps {
  readonly name: string;
  readonly value: number | undefined;
  readonly href: string;
  readonly look?: string;
}

function Count({ name, value, href, look = "" }: CountProps) {
  return (
    <Link href={href} className={`count ${look}`}>
      <span className="count-name">{name}</span>
      <span className="count-value">{value ?? <Unknown />}</span>
    </Link>
  );
}

interface RoomInSession {
  readonly box: BoxLine;
  /** Undefined: the county has no record of it yet. */
  readonly line: SessionLine | undefined;
}

function RoomsInSession({ boxes }: { readonly boxes: readonly BoxLine[] }) {
  const { nowMs, utcOffsetMinutes } = useCounty();
  // A session that was opened before midnight may still go on.
  const since = dayStartMs(dayKey(nowMs - DAY_MS, utcOffsetMinutes), utcOffsetMinutes);
  const sessions = useRecentSessions(since);
  const lines = new Map(sessions.data?.map((line) => [`${line.box} ${line.id}`, line]));
  const rooms = boxes
    .filter(isInSession)
    .sort(compareNames)
    .map((box) => ({ box, line: lines.get(`${box.id} ${box.screen?.session}`) }));
  return (
    <Section title={`正在开展学习的收看室(${rooms.length})`}>
      <Table<RoomInSession>
        size="small"
        rowKey={({ box }) => box.id}
        columns={ROOM_COLUMNS}
        dataSource={rooms}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing text="现在没有收看室在开展学习" /> }}
      />
    </Section>
  );
}

const ROOM_COLUMNS: TableColumnsType<RoomInSession> = [
  {
    title: "收看室",
    width: 220,
    render: (_, { box }) => <Link href={`/boxes/${box.id}`}>{box.name}</Link>,
  },
  {
    title: "场次",
    render: (_, { line }) =>
      line === undefined ? (
        <Unknown why="县里还没有收到这一场的记录" />
      ) : (
        <Link href={`/sessions/${line.box}/${line.id}`}>{sessionTitle(line)}</Link>
      ),
  },
  { title: "现在屏幕上", width: 330, render: (_, { box }) => screenText(box.screen) },
  {
    title: "到课",
    width: 260,
    render: (_, { line }) =>
      line === undefined ? (
        <Unknown why="县里还没有收到签到记录" />
      ) : (
        <AttendanceInline line={line} />
      ),
  },
];

const ATTENTION_SHOWN = 8;

function Attention({ boxes }: { readonly boxes: readonly BoxLine[] }) {
  const { nowMs } = useCounty();
  const found = boxes
    .map((box) => ({ box, why: attentionOf(box, nowMs) }))
    .filter(({ why }) => why.length > 0);
  if (found.length === 0) return <Section title="需要处理(0)">没有需要处理的收看室。</Section>;
  return (
    <Section title={`需要处理(${found.length})`}>
      <ul className="attention">
        {found.slice(0, ATTENTION_SHOWN).map(({ box, why }) => (
          <li key={box.id}>
            <Link href={`/boxes/${box.id}`}>{box.name}</Link> <span>{why.join(";")}</span>
          </li>
        ))}
      </ul>
      {found.length > ATTENTION_SHOWN && (
        <Link href="/boxes?show=attention">看全部 {found.length} 个</Link>
      )}
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card size="small" title={title} className="section">
      {children}
    </Card>
  );
}
