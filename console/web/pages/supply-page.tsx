/** 片源: what is published, when rooms may fetch it, and how each of them stands. */
import { Alert, Card, Table, Tag } from "antd";
import type { SupplyState } from "../../../protocol/console-api.ts";
import type { CatalogueEntry } from "../../../protocol/generated/types.ts";
import { useMe, useSupply } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { spokenTime } from "../county-time.ts";
import { Answer } from "../parts/answer.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { supplyColumns } from "../parts/supply-columns.tsx";
import { SupplySettingsCard } from "../parts/supply-settings.tsx";
import { bytesText } from "../words/numbers.ts";

export function SupplyPage() {
  const supply = useSupply();
  return (
    <>
      <PageHead title="片源" note="发布了哪些片子，各收看室更新到哪里" />
      <Answer of={supply}>{(state) => <SupplyBody state={state} />}</Answer>
    </>
  );
}

function SupplyBody({ state }: { readonly state: SupplyState }) {
  const isAdmin = useMe().data?.role === "admin";
  return (
    <>
      <Warnings state={state} />
      <SupplySettingsCard settings={state.settings} isAdmin={isAdmin} />
      <Rooms state={state} />
      <Published state={state} />
    </>
  );
}

const ROLE_NAMES: Readonly<Record<string, string>> = {
  root: "根目录（root 私钥）",
  targets: "课件目录（root 私钥）",
  lessons: "课件清单（lessons 私钥）",
};

function Warnings({ state: { trouble, due } }: { readonly state: SupplyState }) {
  const texts = [
    ...(trouble === null ? [] : [trouble]),
    ...due.map(
      ({ role, expires }) =>
        `${ROLE_NAMES[role] ?? role} ${expires.slice(0, 10)} 到期，这里没有它的私钥。请插上 U 盘，执行 lesson publish --refresh。`,
    ),
  ];
  return texts.map((text) => (
    <Alert key={text} type="warning" showIcon className="section" title={text} />
  ));
}

function Rooms({ state }: { readonly state: SupplyState }) {
  const clock = useCounty();
  const titles = new Map(state.catalogue?.lessons.map(({ id, title }) => [id, title]));
  return (
    <Card size="small" title="各收看室" className="section">
      <Table
        size="small"
        rowKey="box"
        columns={supplyColumns({ clock, titles })}
        dataSource={[...state.boxes]}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing text="还没有开通收看室" /> }}
        showSorterTooltip={false}
      />
    </Card>
  );
}

const LESSON_COLUMNS = [
  { title: "片号", width: 80, dataIndex: "number" },
  { title: "片名", dataIndex: "title" },
  { title: "类别", width: 160, dataIndex: "category" },
  {
    title: "版本",
    width: 80,
    render: (_: unknown, { version }: CatalogueEntry) => `第 ${version} 版`,
  },
  {
    title: "大小",
    width: 100,
    align: "right" as const,
    render: (_: unknown, { bytes }: CatalogueEntry) => bytesText(bytes),
  },
  {
    title: "先后",
    width: 90,
    className: "after-number",
    render: (_: unknown, { priority }: CatalogueEntry) =>
      priority > 0 ? <Tag>优先 {priority}</Tag> : "",
  },
];

function Published({ state: { catalogue } }: { readonly state: SupplyState }) {
  const clock = useCounty();
  const signed =
    catalogue?.issuedAtMs == null ? "" : `,${spokenTime(catalogue.issuedAtMs, clock)} 签的名`;
  const title =
    catalogue === null ? "已发布的片子" : `已发布的片子（${catalogue.lessons.length} 个${signed}）`;
  const empty =
    catalogue === null
      ? "还没有片源目录。请按《县控制台操作手册》制作私钥、发布课件。"
      : "还没有发布课件";
  return (
    <Card size="small" title={title} className="section">
      <Table<CatalogueEntry>
        size="small"
        rowKey="id"
        columns={LESSON_COLUMNS}
        dataSource={[...(catalogue?.lessons ?? [])]}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing text={empty} /> }}
      />
    </Card>
  );
}
