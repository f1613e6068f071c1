/** 总览: the county at a glance, and which rooms are in session now. */
import { Card } from "antd";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { BoxLine, Overview } from "../../../protocol/console-api.ts";
import { useBoxes, useOverview } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { dayKey, longDayText } from "../county-time.ts";
import { attentionOf } from "../lists/attention.ts";
import { Answer } from "../parts/answer.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { RoomsInSession } from "../parts/rooms-in-session.tsx";
import { Unknown } from "../parts/unknown.tsx";
import { isInSession } from "../words/screen-words.ts";

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
            <Section title={`正在开展学习的收看室（${lines.filter(isInSession).length}）`}>
              <RoomsInSession boxes={lines} />
            </Section>
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

const ATTENTION_SHOWN = 8;

function Attention({ boxes }: { readonly boxes: readonly BoxLine[] }) {
  const { nowMs } = useCounty();
  const found = boxes
    .map((box) => ({ box, why: attentionOf(box, nowMs) }))
    .filter(({ why }) => why.length > 0);
  if (found.length === 0) return <Section title="需要处理（0）">没有需要处理的收看室。</Section>;
  return (
    <Section title={`需要处理（${found.length}）`}>
      <ul className="attention">
        {found.slice(0, ATTENTION_SHOWN).map(({ box, why }) => (
          <li key={box.id}>
            <Link href={`/boxes/${box.id}`}>{box.name}</Link> <span>{why.join("；")}</span>
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
