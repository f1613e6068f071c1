/** 通知: what the county told its rooms, where it arrived and where it was read. */
import { NotificationOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Card, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { NoticeLine, NoticeRoom } from "../../../protocol/notice-api.ts";
import { askWith } from "../api/ask.ts";
import { useBoxes, useNoticeRooms, useNotices } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { spokenTime } from "../county-time.ts";
import { Answer } from "../parts/answer.tsx";
import { Nothing } from "../parts/nothing.tsx";
import { NoticeForm } from "../parts/notice-form.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { useSend } from "../parts/use-send.ts";
import { audienceWords, NOTICE_STATES, roomStateWords } from "../words/notice-words.ts";

export function NoticesPage() {
  const notices = useNotices();
  const [writing, setWriting] = useState(false);
  return (
    <>
      <PageHead title="通知" note="发到收看室电视上的话，谁看过了">
        <Button type="primary" icon={<NotificationOutlined />} onClick={() => setWriting(true)}>
          写通知
        </Button>
      </PageHead>
      <NoticeForm open={writing} onClose={() => setWriting(false)} />
      <Answer of={notices}>{(lines) => <Notices lines={lines} />}</Answer>
    </>
  );
}

function Notices({ lines }: { readonly lines: readonly NoticeLine[] }) {
  return (
    <Card size="small" className="section">
      <Table<NoticeLine>
        size="small"
        rowKey="id"
        columns={useColumns()}
        dataSource={[...lines]}
        expandable={{ expandedRowRender: (line) => <NoticeBody line={line} /> }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing text="还没有发过通知" /> }}
      />
    </Card>
  );
}

function useColumns(): TableColumnsType<NoticeLine> {
  const clock = useCounty();
  const names = new Map(useBoxes().data?.map(({ id, name }) => [id, name]));
  return [
    { title: "标题", dataIndex: "title" },
    {
      title: "发给",
      width: 220,
      render: (_, { audience }) => audienceWords(audience, (box) => names.get(box)),
    },
    {
      title: "发出",
      width: 190,
      render: (_, { by, issuedAtMs }) => `${spokenTime(issuedAtMs, clock)} ${by}`,
    },
    { title: "有效到", width: 110, dataIndex: "until" },
    {
      title: "送到",
      width: 90,
      align: "right",
      render: (_, line) => `${line.arrived}/${line.rooms}`,
    },
    { title: "已看", width: 90, align: "right", render: (_, line) => `${line.read}/${line.rooms}` },
    {
      title: "状态",
      width: 90,
      className: "after-number",
      render: (_, { state }) => (
        <Tag color={state === "holds" ? "blue" : "default"}>{NOTICE_STATES[state]}</Tag>
      ),
    },
    {
      title: "",
      width: 80,
      render: (_, line) => (line.state === "holds" ? <Withdraw line={line} /> : null),
    },
  ];
}

function Withdraw({ line }: { readonly line: NoticeLine }) {
  const client = useQueryClient();
  const { modal } = App.useApp();
  const { send } = useSend("没有收回");
  const withdraw = async () => {
    await askWith("POST", `notices/${line.id}/withdraw`, {});
    await client.invalidateQueries({ queryKey: ["notices"] });
    return "收回了。在线的马上不再显示，其他的连上以后不再显示。";
  };
  const ask = () =>
    modal.confirm({
      title: `收回《${line.title}》？`,
      content: "电视上不再显示。已经看过的人记得内容，收回了请再发一条说明。",
      okText: "收回",
      cancelText: "不收回",
      onOk: () => send(withdraw),
    });
  return (
    <Button size="small" onClick={ask}>
      收回
    </Button>
  );
}

function NoticeBody({ line }: { readonly line: NoticeLine }) {
  const rooms = useNoticeRooms(line.id);
  const columns: TableColumnsType<NoticeRoom> = [
    {
      title: "收看室",
      width: 200,
      render: (_, { box, name }) => <Link href={`/boxes/${box}`}>{name}</Link>,
    },
    { title: "地点", width: 220, dataIndex: "place" },
    { title: "情况", render: (_, room) => <RoomState room={room} /> },
  ];
  return (
    <>
      <p className="notice-text">{line.text}</p>
      <p className="aside">{line.from}</p>
      <Answer of={rooms}>
        {(found) => (
          <Table<NoticeRoom>
            size="small"
            rowKey="box"
            columns={columns}
            dataSource={[...found]}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Nothing text="没有收看室在发送范围里" /> }}
          />
        )}
      </Answer>
    </>
  );
}

function RoomState({ room }: { readonly room: NoticeRoom }) {
  return roomStateWords(room, useCounty());
}
