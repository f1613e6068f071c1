/** 场次: every session of the county, newest first, by room and by day. */
import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Table } from "antd";
import { useState } from "react";
import { useSearch } from "wouter";
import type { SessionLine } from "../../../protocol/console-api.ts";
import { fetchAllSessions, type SessionsQuery, useSessions } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { dayEndMs, dayKey, dayStartMs } from "../county-time.ts";
import { sessionsCsv } from "../lists/session-csv.ts";
import { CopyLink } from "../parts/copy-link.tsx";
import { FailureNote, failureText } from "../parts/failure.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { saveFile } from "../parts/save-file.ts";
import { sessionColumns } from "../parts/session-columns.tsx";
import { type DayRange, SessionFilterBar } from "../parts/session-filter-bar.tsx";

interface SessionFilter extends DayRange {
  readonly box: string | null;
}

/** The filter stands in the address, so that a copied link shows the same list. */
function useSessionFilter(): SessionFilter {
  const values = new URLSearchParams(useSearch());
  return { box: values.get("box"), from: values.get("from"), to: values.get("to") };
}

function toQuery({ box, from, to }: SessionFilter, utcOffsetMinutes: number): SessionsQuery {
  return {
    box,
    fromMs: from === null ? null : dayStartMs(from, utcOffsetMinutes),
    toMs: to === null ? null : dayEndMs(to, utcOffsetMinutes),
  };
}

export function SessionsPage() {
  const filter = useSessionFilter();
  const { utcOffsetMinutes } = useCounty();
  const query = toQuery(filter, utcOffsetMinutes);
  return (
    <>
      <PageHead title="场次" note="从新到旧">
        <CopyLink />
        <ExportButton query={query} />
      </PageHead>
      <SessionFilterBar box={filter.box} days={filter} />
      <SessionTable query={query} />
    </>
  );
}

function SessionTable({ query }: { readonly query: SessionsQuery }) {
  const { utcOffsetMinutes } = useCounty();
  const sessions = useSessions(query);
  if (sessions.data === undefined && sessions.isError) {
    return <FailureNote failure={sessions.error} onRetry={() => void sessions.refetch()} />;
  }
  const lines = sessions.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <>
      <Table<SessionLine>
        size="small"
        sticky
        rowKey={({ box, id }) => `${box} ${id}`}
        className="wide-table"
        loading={sessions.isPending}
        columns={sessionColumns({ utcOffsetMinutes, withRoom: true })}
        dataSource={lines}
        pagination={false}
        locale={{ emptyText: <Nothing text="没有符合条件的场次" /> }}
      />
      <div className="more">
        {sessions.hasNextPage ? (
          <Button
            loading={sessions.isFetchingNextPage}
            onClick={() => void sessions.fetchNextPage()}
          >
            已显示 {lines.length} 场，再显示一些
          </Button>
        ) : (
          lines.length > 0 && <span className="aside">共 {lines.length} 场，已全部显示</span>
        )}
      </div>
    </>
  );
}

function ExportButton({ query }: { readonly query: SessionsQuery }) {
  const { message } = App.useApp();
  const { utcOffsetMinutes, nowMs } = useCounty();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const { lines, whole } = await fetchAllSessions(query);
      const name = `场次-${dayKey(nowMs, utcOffsetMinutes)}.csv`;
      saveFile(name, sessionsCsv(lines, utcOffsetMinutes), "text/csv;charset=utf-8");
      if (whole) void message.success(`已导出 ${lines.length} 场`);
      else void message.warning(`场次太多，只导出了最近 ${lines.length} 场，请缩短日期`);
    } catch (failure) {
      void message.error(`没能导出：${failureText(failure as Error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void save()}>
      导出表格（CSV）
    </Button>
  );
}
