/** 收看室: every room of the county with what is known of its box. */
import { SearchOutlined } from "@ant-design/icons";
import { Input, Segmented, Table } from "antd";
import { useState } from "react";
import { useSearch } from "wouter";
import type { BoxLine } from "../../../protocol/console-api.ts";
import { useActiveRooms, useBoxes } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { dayKey, dayStartMs } from "../county-time.ts";
import { setHashSearch } from "../hash-route.ts";
import {
  BOX_SHOW_NAMES,
  BOX_SHOWS,
  type BoxFacts,
  type BoxFilter,
  countShow,
  filterBoxes,
  toBoxShow,
} from "../lists/box-filter.ts";
import { Answer } from "../parts/answer.tsx";
import { boxColumns } from "../parts/box-columns.tsx";
import { ImportFile } from "../parts/import-file.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { countText } from "../words/numbers.ts";

const PAGE_SIZES = [50, 100, 200];

/** The filter stands in the address, so that a copied link shows the same list. */
function useBoxFilter(): BoxFilter {
  const values = new URLSearchParams(useSearch());
  return { text: values.get("text") ?? "", show: toBoxShow(values.get("show")) };
}

function useBoxFacts(): BoxFacts {
  const { nowMs, utcOffsetMinutes } = useCounty();
  const first = `${dayKey(nowMs, utcOffsetMinutes).slice(0, 8)}01`;
  const active = useActiveRooms(dayStartMs(first, utcOffsetMinutes));
  return { nowMs, active: active.data ?? null };
}

export function BoxesPage() {
  const boxes = useBoxes();
  return (
    <>
      <PageHead title="收看室">
        <ImportFile />
      </PageHead>
      <Answer of={boxes}>{(lines) => <BoxTable boxes={lines} />}</Answer>
    </>
  );
}

function BoxTable({ boxes }: { readonly boxes: readonly BoxLine[] }) {
  const filter = useBoxFilter();
  const clock = useCounty();
  const [pageSize, setPageSize] = useState(PAGE_SIZES[0]);
  const facts = useBoxFacts();
  const shown = filterBoxes(boxes, filter, facts);
  return (
    <>
      <BoxFilterBar boxes={boxes} filter={filter} facts={facts} />
      <Table<BoxLine>
        size="small"
        sticky
        rowKey="id"
        className="wide-table"
        columns={boxColumns(clock)}
        dataSource={shown}
        locale={{ emptyText: <Nothing text={emptyWords(boxes.length)} /> }}
        showSorterTooltip={false}
        pagination={{
          ...(pageSize !== undefined && { pageSize }),
          pageSizeOptions: PAGE_SIZES,
          showSizeChanger: true,
          showTotal: (total) => `共 ${total} 个收看室`,
          onShowSizeChange: (_, size) => setPageSize(size),
        }}
      />
    </>
  );
}

function emptyWords(all: number): string {
  return all === 0
    ? "还没有开通收看室。开通后，播放盒一连上就会出现在这里。"
    : "没有符合条件的收看室，请换个条件。";
}

interface BarProps {
  readonly boxes: readonly BoxLine[];
  readonly filter: BoxFilter;
  readonly facts: BoxFacts;
}

function BoxFilterBar({ boxes, filter, facts }: BarProps) {
  return (
    <div className="filter-bar">
      <Segmented
        value={filter.show}
        onChange={(show) => setHashSearch({ show: show === "all" ? null : show })}
        options={BOX_SHOWS.map((show) => ({
          value: show,
          label: `${BOX_SHOW_NAMES[show]} ${countText(countShow(boxes, show, facts))}`,
        }))}
      />
      <Input
        allowClear
        className="filter-text"
        prefix={<SearchOutlined />}
        placeholder="找收看室：名称、地点、编号、版本"
        value={filter.text}
        onChange={({ target }) => setHashSearch({ text: target.value })}
      />
    </div>
  );
}
