/** Rooms in which a session is held now: how far it is, who has come. */
import { Table, type TableColumnsType } from "antd";
import { Link } from "wouter";
import type { BoxLine, SessionLine } from "../../../protocol/console-api.ts";
import { useSession } from "../api/queries.ts";
import { compareNames } from "../lists/box-filter.ts";
import { isInSession, screenText } from "../words/screen-words.ts";
import { sessionTitle } from "../words/session-words.ts";
import { AttendanceInline } from "./attendance.tsx";
import { Nothing } from "./nothing.tsx";
import { Unknown } from "./unknown.tsx";

/** Each room shown is asked for by itself: the whole county's sessions would be many pages. */
const ROOMS_SHOWN = 15;

export function RoomsInSession({ boxes }: { readonly boxes: readonly BoxLine[] }) {
  return (
    <Table<BoxLine>
      size="small"
      rowKey="id"
      columns={COLUMNS}
      dataSource={boxes.filter(isInSession).sort(compareNames)}
      pagination={{ pageSize: ROOMS_SHOWN, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <Nothing text="现在没有收看室在开展学习" /> }}
    />
  );
}

const COLUMNS: TableColumnsType<BoxLine> = [
  {
    title: "收看室",
    width: 220,
    render: (_, box) => <Link href={`/boxes/${box.id}`}>{box.name}</Link>,
  },
  { title: "场次", render: (_, box) => <RoomSession box={box} /> },
  { title: "现在屏幕上", width: 330, render: (_, box) => screenText(box.screen) },
  { title: "到课", width: 260, render: (_, box) => <RoomAttendance box={box} /> },
];

/** Undefined: the county has no record of it yet. */
function useLine({ id, screen }: BoxLine): SessionLine | undefined {
  return useSession(id, screen?.session ?? "").data?.line;
}

function RoomSession({ box }: { readonly box: BoxLine }) {
  const line = useLine(box);
  if (line === undefined) return <Unknown why="县里还没有收到这一场的记录" />;
  return <Link href={`/sessions/${line.box}/${line.id}`}>{sessionTitle(line)}</Link>;
}

function RoomAttendance({ box }: { readonly box: BoxLine }) {
  const line = useLine(box);
  if (line === undefined) return <Unknown why="县里还没有收到签到记录" />;
  return <AttendanceInline line={line} />;
}
