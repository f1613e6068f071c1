/** 三会一课 and 民主生活会 of a year, and every other type beside them. */
import { Table, type TableColumnsType } from "antd";
import type { CountsBook } from "../../../protocol/book-api.ts";
import { Nothing } from "../parts/nothing.tsx";

type Line = CountsBook["types"][number];

export function CountsTable({ book }: { readonly book: CountsBook }) {
  const { meetings } = book;
  const tiles = [
    ["支部党员大会", meetings.assembly],
    ["支委会", meetings.committee],
    ["党小组会", meetings.group],
    ["党课", meetings.lecture],
    ["民主生活会", meetings.democraticLife],
  ] as const;
  return (
    <>
      <div className="meetings">
        {tiles.map(([name, count], index) => (
          <span key={name} className={index === 4 ? "term meetings-apart" : "term"}>
            <b>{count}</b>
            <span>{name}</span>
          </span>
        ))}
      </div>
      <p className="aside">前四项是“三会一课”。收了场没有做完的不算开过。</p>
      <Table<Line>
        size="small"
        rowKey="type"
        columns={COLUMNS}
        dataSource={[...book.types]}
        pagination={false}
        locale={{ emptyText: <Nothing text="这一年还没有场次" /> }}
      />
    </>
  );
}

const COLUMNS: TableColumnsType<Line> = [
  { title: "类型", render: (_, { typeName }) => typeName },
  number("开过", ({ held }) => held),
  number("中途收场", ({ abandoned }) => abandoned),
  number("应到人次", ({ expected }) => expected),
  number("到课人次", ({ attended }) => attended),
  number("到课率", ({ attended, expected }) => share(attended, expected)),
  number("全覆盖人次", ({ covered }) => covered),
  number("覆盖率", ({ covered, expected }) => share(covered, expected)),
  number("双管、协管等", ({ welcome }) => welcome),
  number("列席", ({ G }) => G),
  number("群众", ({ Q }) => Q),
];

function number(
  title: string,
  pick: (line: Line) => number | string,
): TableColumnsType<Line>[number] {
  return { title, width: 100, align: "right", render: (_, line) => pick(line) };
}

/** With nobody expected there is no share. */
function share(part: number, whole: number): string {
  return whole === 0 ? "—" : `${Math.round((part / whole) * 100)}%`;
}
