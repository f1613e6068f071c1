/** What is known of one box, as rows of words. */
import type { DescriptionsProps } from "antd";
import type { ReactNode } from "react";
import type { BoxAlarm, BoxDetail } from "../../../protocol/console-api.ts";
import { dateTimeText, spanText, spokenTime } from "../county-time.ts";
import { alarmWords } from "../words/alarm-words.ts";
import { clockOffsetWords, clockSourceWords } from "../words/clock-words.ts";
import { backlogWords } from "../words/journal-words.ts";
import type { CountyClock } from "../words/link-words.ts";
import { bytesText } from "../words/numbers.ts";
import { screenWords } from "../words/screen-words.ts";
import { LinkTag } from "./link-tag.tsx";
import { Known } from "./unknown.tsx";

type Facts = NonNullable<DescriptionsProps["items"]>;

function facts(rows: readonly (readonly [label: string, children: ReactNode])[]): Facts {
  return rows.map(([label, children]) => ({ key: label, label, children }));
}

/** Who it is. */
export function boxFacts(box: BoxDetail): Facts {
  return facts([
    ["名称", box.name],
    ["地点", <Known key="place" value={box.place === "" ? null : box.place} why="没有登记" />],
    ["播放盒编号", <code key="id">{box.id}</code>],
    ["状态", <LinkTag key="link" box={box} />],
    ["播放盒软件", <Known key="software" value={box.software} />],
    [
      "运行环境",
      <Known key="node" value={box.node}>
        {(node) => `Node ${node}`}
      </Known>,
    ],
    [
      "名册",
      <Known key="roster" value={box.rosterVersion}>
        {(version) => `第 ${version} 版`}
      </Known>,
    ],
    [
      "党员人数",
      <Known key="members" value={box.memberCount}>
        {(count) => `${count} 人`}
      </Known>,
    ],
    [
      "配置",
      <Known key="config" value={box.configVersion}>
        {(version) => `第 ${version} 版`}
      </Known>,
    ],
  ]);
}

/** What it said last. */
export function reportFacts(box: BoxDetail, clock: CountyClock): Facts {
  return facts([
    [
      "最后联系",
      <Known key="seen" value={box.seenAtMs} why="从未联系">
        {(at) => `${spokenTime(at, clock)}（${spanText(clock.nowMs - at)}前）`}
      </Known>,
    ],
    ["屏幕", <Known key="screen" value={box.screen === null ? null : screenWords(box)} />],
    [
      "未传记录",
      <Known key="backlog" value={box.backlog}>
        {backlogWords}
      </Known>,
    ],
    ["片子", lessonsFact(box)],
    ["磁盘", diskFact(box)],
    [
      "内存占用",
      <Known key="memory" value={box.memoryBytes}>
        {bytesText}
      </Known>,
    ],
    [
      "时间来源",
      <Known key="source" value={box.clockSource}>
        {clockSourceWords}
      </Known>,
    ],
    [
      "时间误差",
      <Known key="offset" value={box.clockOffsetMs}>
        {clockOffsetWords}
      </Known>,
    ],
    ["开机", bootFact(box, clock)],
    ["记录不一致", box.conflicts === 0 ? "没有" : `${box.conflicts} 条`],
    ["报警", box.alarms.length === 0 ? "没有" : box.alarms.map(alarmFact).join("；")],
    ["损坏", box.damage.length === 0 ? "没有" : box.damage.join("；")],
  ]);
}

function alarmFact(alarm: BoxAlarm): string {
  return alarm.looked ? `${alarmWords(alarm)}（已核对）` : alarmWords(alarm);
}

function lessonsFact({ lessonsReady, lessonsTotal, cacheBytes }: BoxDetail): ReactNode {
  return (
    <Known value={lessonsReady}>
      {(ready) => `可播放 ${ready}/${lessonsTotal ?? "?"}，占 ${bytesText(cacheBytes)}`}
    </Known>
  );
}

function diskFact({ diskFreeBytes, diskTotalBytes }: BoxDetail): ReactNode {
  return (
    <Known value={diskFreeBytes}>
      {(free) => `剩 ${bytesText(free)} / 共 ${bytesText(diskTotalBytes)}`}
    </Known>
  );
}

function bootFact({ bootOrdinal, uptimeMs, seenAtMs }: BoxDetail, clock: CountyClock): ReactNode {
  return (
    <Known value={bootOrdinal}>
      {(ordinal) => {
        if (uptimeMs === null || seenAtMs === null) return `第 ${ordinal} 次`;
        const at = dateTimeText(seenAtMs, clock.utcOffsetMinutes);
        return `第 ${ordinal} 次，到 ${at} 已开 ${spanText(uptimeMs)}`;
      }}
    </Known>
  );
}
