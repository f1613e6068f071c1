/** One room: everything that is known of its box, its journals, its sessions. */
import {
  Alert,
  Button,
  Card,
  Descriptions,
  type DescriptionsProps,
  Table,
  type TableColumnsType,
} from "antd";
import { Link, useLocation } from "wouter";
import type {
  BoxDetail,
  EpochLine,
  RefreshLine,
  SessionLine,
} from "../../../protocol/console-api.ts";
import { useBox, useRefreshes, useSupply } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { attentionOf, isToBeLookedInto } from "../lists/attention.ts";
import { Answer } from "../parts/answer.tsx";
import { boxFacts, reportFacts } from "../parts/box-facts.tsx";
import { CopyLink } from "../parts/copy-link.tsx";
import { LookedInto } from "../parts/looked-into.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { RefreshNow } from "../parts/refresh-now.tsx";
import { sessionColumns } from "../parts/session-columns.tsx";
import { epochWords, gapsWords } from "../words/journal-words.ts";
import { failedWords, refreshWords } from "../words/supply-words.ts";

export function BoxPage({ id }: { readonly id: string }) {
  const box = useBox(id);
  const [, go] = useLocation();
  return (
    <>
      <PageHead
        title={box.data?.name ?? "收看室"}
        note={box.data?.place}
        from={{ href: "/boxes", name: "收看室" }}
      >
        <CopyLink />
        <Button type="primary" onClick={() => go(`/boxes/${id}/year`)}>
          全年登记
        </Button>
      </PageHead>
      <Answer of={box}>{(detail) => <BoxBody box={detail} />}</Answer>
    </>
  );
}

function BoxBody({ box }: { readonly box: BoxDetail }) {
  const clock = useCounty();
  const why = attentionOf(box, clock.nowMs);
  return (
    <>
      {why.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="section"
          title={`需要处理：${why.join("；")}`}
          action={isToBeLookedInto(box) && <LookedInto box={box.id} />}
        />
      )}
      <Card size="small" title="播放盒" className="section">
        <Facts items={boxFacts(box)} />
      </Card>
      <Card size="small" title="最近一次报告" className="section">
        <Facts items={reportFacts(box, clock)} />
      </Card>
      <Refreshes id={box.id} />
      <Journals epochs={box.epochs} />
      <BoxSessions box={box} />
    </>
  );
}

/** Both tables with the same columns, so that the eye finds its way down. */
const FACT_WIDTHS = { label: { width: "10%" }, content: { width: "23.3%" } };

function Facts({ items }: { readonly items: NonNullable<DescriptionsProps["items"]> }) {
  return <Descriptions bordered size="small" column={3} items={items} styles={FACT_WIDTHS} />;
}

const REFRESHES_SHOWN = 10;

/** What the nights brought, as the box wrote it into its journal. */
function Refreshes({ id }: { readonly id: string }) {
  const clock = useCounty();
  const lines = useRefreshes(id);
  const titles = new Map(useSupply().data?.catalogue?.lessons.map((one) => [one.id, one.title]));
  const columns: TableColumnsType<RefreshLine> = [
    { title: "时间", width: 200, render: (_, line) => refreshWords(line, clock).when },
    { title: "经过", render: (_, line) => refreshWords(line, clock).what },
    {
      title: "没成的",
      width: 320,
      render: (_, { refresh }) => failedWords(refresh.failed, titles).join("；"),
    },
  ];
  return (
    <Card size="small" title="片子更新" className="section" extra={<RefreshNow box={id} />}>
      <Table<RefreshLine>
        size="small"
        rowKey="atMs"
        columns={columns}
        dataSource={lines.data?.slice(0, REFRESHES_SHOWN) ?? []}
        pagination={false}
        locale={{ emptyText: <Nothing text="还没有更新过片子" /> }}
      />
    </Card>
  );
}

const JOURNAL_COLUMNS: TableColumnsType<EpochLine> = [
  { title: "流水", width: 160, render: (_, { epoch }) => <code>{epoch}</code> },
  { title: "已收到", width: 110, align: "right", dataIndex: "upTo" },
  { title: "盒子有", width: 110, align: "right", dataIndex: "head" },
  { title: "说明", className: "after-number", render: (_, line) => epochWords(line) },
  { title: "缺口", width: 320, render: (_, { gaps }) => gapsWords(gaps) },
];

function Journals({ epochs }: { readonly epochs: readonly EpochLine[] }) {
  return (
    <Card size="small" title="记录流水" className="section">
      <Table<EpochLine>
        size="small"
        rowKey="epoch"
        columns={JOURNAL_COLUMNS}
        dataSource={[...epochs]}
        pagination={false}
        locale={{ emptyText: <Nothing text="播放盒还没有传过记录" /> }}
      />
    </Card>
  );
}

function BoxSessions({ box }: { readonly box: BoxDetail }) {
  const { utcOffsetMinutes } = useCounty();
  return (
    <Card
      size="small"
      title={`开展过的学习（${box.sessions.length}）`}
      className="section"
      extra={<Link href={`/sessions?box=${box.id}`}>在“场次”里看全部</Link>}
    >
      <Table<SessionLine>
        size="small"
        rowKey="id"
        columns={sessionColumns({ utcOffsetMinutes, withRoom: false })}
        dataSource={[...box.sessions]}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing text="这个收看室还没有开展过学习" /> }}
      />
    </Card>
  );
}
