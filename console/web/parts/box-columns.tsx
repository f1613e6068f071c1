/** The columns of the list of rooms. */
import { WarningFilled } from "@ant-design/icons";
import { type TableColumnsType, Tooltip } from "antd";
import { Link } from "wouter";
import type { BoxLine } from "../../../protocol/console-api.ts";
import { attentionOf } from "../lists/attention.ts";
import { compareLinks, compareNames, compareNumbers } from "../lists/box-filter.ts";
import { backlogWords } from "../words/journal-words.ts";
import type { CountyClock } from "../words/link-words.ts";
import { bytesText } from "../words/numbers.ts";
import { screenWords } from "../words/screen-words.ts";
import { LinkTag } from "./link-tag.tsx";
import { Known, Unknown } from "./unknown.tsx";

export function boxColumns({ nowMs }: CountyClock): TableColumnsType<BoxLine> {
  return [...PLACE_COLUMNS, ...FIGURE_COLUMNS, attentionColumn(nowMs)];
}

const PLACE_COLUMNS: TableColumnsType<BoxLine> = [
  {
    title: "名称 / 地点",
    width: 230,
    sorter: compareNames,
    defaultSortOrder: "ascend",
    render: (_, box) => (
      <>
        <Link href={`/boxes/${box.id}`}>{box.name}</Link>
        <div className="aside">{box.place}</div>
      </>
    ),
  },
  {
    title: "状态",
    width: 200,
    sorter: compareLinks,
    render: (_, box) => <LinkTag box={box} />,
  },
  {
    title: "现在屏幕上",
    render: (_, box) =>
      box.screen === null ? (
        <Unknown why="播放盒还没有报告过" />
      ) : (
        <span className={box.link === "online" ? "" : "aside"}>{screenWords(box)}</span>
      ),
  },
];

const FIGURE_COLUMNS: TableColumnsType<BoxLine> = [
  {
    title: "片子",
    width: 96,
    align: "right",
    sorter: compareNumbers(({ lessonsReady }) => lessonsReady),
    render: (_, { lessonsReady, lessonsTotal }) => (
      <Known value={lessonsReady}>
        {(ready) => (
          <Tooltip title={`计划 ${lessonsTotal ?? "?"} 个片子，其中 ${ready} 个可播放`}>
            可播放 {ready}/{lessonsTotal ?? "?"}
          </Tooltip>
        )}
      </Known>
    ),
  },
  {
    title: "磁盘剩余",
    width: 96,
    align: "right",
    sorter: compareNumbers(({ diskFreeBytes }) => diskFreeBytes),
    render: (_, box) => <Known value={box.diskFreeBytes}>{bytesText}</Known>,
  },
  {
    title: "版本",
    className: "after-number",
    width: 100,
    render: (_, { software }) => <Known value={software} />,
  },
  {
    title: "未传记录",
    width: 96,
    align: "right",
    sorter: compareNumbers(({ backlog }) => backlog),
    render: (_, { backlog }) => (
      <Known value={backlog} why="未知：播放盒还没有报告过">
        {backlogWords}
      </Known>
    ),
  },
];

function attentionColumn(nowMs: number): TableColumnsType<BoxLine>[number] {
  return {
    title: "异常",
    className: "after-number",
    width: 270,
    render: (_, box) => {
      const why = attentionOf(box, nowMs);
      return why.length === 0 ? (
        <span className="aside">无</span>
      ) : (
        <span className="wrong">
          <WarningFilled /> {why.join("；")}
        </span>
      );
    },
  };
}
