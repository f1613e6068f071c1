/** 全年登记: all sessions of a room's or a branch's year, as a clerk files them. */
import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Select, Tabs } from "antd";
import { useSearch } from "wouter";
import type { InspectorBook, MonthsBook } from "../../../protocol/book-api.ts";
import type { BookPeople, OtherSessions } from "../../../protocol/console-api.ts";
import { type BookScope, useBook, useBox } from "../api/queries.ts";
import { CountsTable } from "../books/counts-table.tsx";
import { EntriesTable } from "../books/entries-table.tsx";
import { MakeupTables } from "../books/makeup-tables.tsx";
import { MemberYear } from "../books/member-year.tsx";
import { TasksTable } from "../books/tasks-table.tsx";
import { useCounty } from "../county-context.ts";
import { dayKey } from "../county-time.ts";
import { setHashSearch } from "../hash-route.ts";
import { entriesCsv } from "../lists/entries-csv.ts";
import { Answer } from "../parts/answer.tsx";
import { CopyLink } from "../parts/copy-link.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { saveFile } from "../parts/save-file.ts";

interface YearPageProps {
  readonly id: string;
}

/** Year and branch stand in the address, so that a copied link shows the same books. */
function useScope(): BookScope {
  const values = new URLSearchParams(useSearch());
  const { nowMs, utcOffsetMinutes } = useCounty();
  const thisYear = dayKey(nowMs, utcOffsetMinutes).slice(0, 4);
  const year = values.get("year") ?? thisYear;
  return { year: year === EVERY_YEAR ? null : year, branch: values.get("branch") };
}

/** Stands in the address; the server is then asked without a year. */
const EVERY_YEAR = "all";
const yearWords = (year: string | null) => (year === null ? "历年" : ` ${year} 年`);

export function YearPage({ id }: YearPageProps) {
  const box = useBox(id);
  const scope = useScope();
  const people = useBook<BookPeople>(id, "people", ALL);
  return (
    <>
      <PageHead
        title={`${box.data?.name ?? "收看室"}${yearWords(scope.year)}登记`}
        from={{ href: `/boxes/${id}`, name: box.data?.name ?? "收看室" }}
      >
        <CopyLink />
        <SaveYear id={id} scope={scope} name={box.data?.name ?? id} />
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印
        </Button>
      </PageHead>
      <ScopeBar id={id} scope={scope} people={people.data} />
      <Answer of={people}>{(known) => <Books id={id} scope={scope} people={known} />}</Answer>
    </>
  );
}

/** The sessions of the year as a file, each with its evidence. */
function SaveYear({ id, scope, name }: Omit<BooksProps, "people"> & { readonly name: string }) {
  const { utcOffsetMinutes } = useCounty();
  const book = useBook<InspectorBook>(id, "inspect", scope);
  const save = () => {
    const text = entriesCsv(book.data?.sessions ?? [], utcOffsetMinutes);
    saveFile(`${name}-${scope.year ?? "历年"}-场次.csv`, text, "text/csv;charset=utf-8");
  };
  return (
    <Button icon={<DownloadOutlined />} disabled={book.data === undefined} onClick={save}>
      导出表格（CSV）
    </Button>
  );
}

const ALL: BookScope = { year: null, branch: null };

interface ScopeBarProps {
  readonly id: string;
  readonly scope: BookScope;
  readonly people: BookPeople | undefined;
}

function ScopeBar({ id, scope, people }: ScopeBarProps) {
  const months = useBook<MonthsBook>(id, "months", ALL);
  const known = (months.data?.years ?? []).map(String);
  const years = [...new Set([...(scope.year === null ? [] : [scope.year]), ...known])];
  const branches = people?.branches ?? [];
  return (
    <div className="filter-bar">
      <Select
        className="filter-year"
        aria-label="哪一年"
        value={scope.year ?? EVERY_YEAR}
        options={yearOptions(years)}
        onChange={(year) => setHashSearch({ year })}
      />
      <Select
        allowClear
        className="filter-room"
        placeholder="全部支部"
        value={scope.branch}
        options={branches.map((branch) => ({ value: branch.id, label: branch.name }))}
        notFoundContent="名册里没有支部"
        onChange={(branch: string | null | undefined) => setHashSearch({ branch: branch ?? null })}
      />
    </div>
  );
}

function yearOptions(years: readonly string[]) {
  const newestFirst = [...years].sort().reverse();
  return [
    ...newestFirst.map((year) => ({ value: year, label: `${year} 年` })),
    { value: EVERY_YEAR, label: "历年" },
  ];
}

interface BooksProps {
  readonly id: string;
  readonly scope: BookScope;
  readonly people: BookPeople;
}

function Books({ id, scope, people }: BooksProps) {
  const book = useBook<InspectorBook>(id, "inspect", scope);
  const others = useBook<OtherSessions>(id, "others", { ...scope, year: null });
  const tab = new URLSearchParams(useSearch()).get("book") ?? "sessions";
  return (
    <Answer of={book}>
      {(all) => (
        <>
          <Doubts book={all} />
          <Card size="small" className="section">
            <Tabs
              activeKey={tab}
              onChange={(key) => setHashSearch({ book: key === "sessions" ? null : key })}
              items={[
                {
                  key: "sessions",
                  label: `场次 ${all.sessions.length}`,
                  children: <EntriesTable box={id} entries={all.sessions} />,
                },
                { key: "counts", label: "全年次数", children: <CountsTable book={all.counts} /> },
                {
                  key: "makeup",
                  label: `补课 ${all.owed.lessons + all.owed.stages}`,
                  children: <MakeupTables id={id} scope={scope} />,
                },
                {
                  key: "tasks",
                  label: `课后实践 ${all.openTasks}`,
                  children: <TasksTable id={id} scope={scope} />,
                },
                {
                  key: "member",
                  label: "《党员收视手册》",
                  children: <MemberYear id={id} scope={scope} people={people} />,
                },
                ...(others.data?.sessions.length
                  ? [
                      {
                        key: "others",
                        label: `另一份记录 ${others.data.sessions.length}`,
                        children: <Others id={id} book={others.data} />,
                      },
                    ]
                  : []),
              ]}
            />
          </Card>
        </>
      )}
    </Answer>
  );
}

/** What of these numbers is not certain. Nothing is said when all of it is. */
function Doubts({ book }: { readonly book: InspectorBook }) {
  const { counts, damage } = book;
  const undated =
    counts.undated === 0
      ? []
      : [`另有 ${counts.undated} 场时间未确认，不知道是哪一年的，没有计入；选“历年”可以看到`];
  return [...damage, ...undated].map((text) => (
    <Alert key={text} type="warning" showIcon className="section" title={text} />
  ));
}

/** Two histories of one box: both are kept, one is counted. docs/decisions/0014. */
function Others({ id, book }: { readonly id: string; readonly book: OtherSessions }) {
  return (
    <>
      <Alert
        type="info"
        showIcon
        className="section"
        title="这台播放盒交来过两份不一样的记录（例如换过盘，或者复制过）。两份都留着；下面这一份没有计入次数，请与村里核对。"
      />
      <EntriesTable box={id} entries={book.sessions} isOther />
    </>
  );
}
