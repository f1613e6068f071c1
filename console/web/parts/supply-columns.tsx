/** How a room stands with its lessons: the columns of the page 片源. */
import { WarningFilled } from "@ant-design/icons";
import type { TableColumnsType } from "antd";
import { Link } from "wouter";
import type { BoxSupply } from "../../../protocol/console-api.ts";
import type { CountyClock } from "../words/link-words.ts";
import {
  doneWords,
  failedWords,
  nextWords,
  refreshWords,
  supplyTroubles,
} from "../words/supply-words.ts";
import { RefreshNow } from "./refresh-now.tsx";
import { Known, Unknown } from "./unknown.tsx";

interface ColumnFacts {
  readonly clock: CountyClock;
  readonly titles: ReadonlyMap<string, string>;
}

export function supplyColumns({ clock, titles }: ColumnFacts): TableColumnsType<BoxSupply> {
  return [
    {
      title: "收看室",
      width: 210,
      render: (_, { box, name, place }) => (
        <>
          <Link href={`/boxes/${box}`}>{name}</Link>
          <div className="aside">{place}</div>
        </>
      ),
    },
    {
      title: "片子",
      width: 96,
      align: "right",
      render: (_, { lessonsReady, lessonsTotal }) => (
        <Known value={lessonsReady}>{(ready) => `可播放 ${ready}/${lessonsTotal ?? "?"}`}</Known>
      ),
    },
    {
      title: "更新完",
      className: "after-number",
      width: 130,
      render: (_, line) => doneWords(line),
    },
    { title: "最近一次", render: (_, line) => <LastRefresh line={line} clock={clock} /> },
    {
      title: "没成的",
      width: 240,
      render: (_, line) => <Wrong line={line} titles={titles} />,
    },
    { title: "点的片", width: 130, render: (_, line) => wantedWords(line, titles) },
    { title: "下次", width: 130, render: (_, line) => nextWords(line, clock) },
    { title: "", width: 110, render: (_, { box }) => <RefreshNow box={box} /> },
  ];
}

function LastRefresh({ line, clock }: { readonly line: BoxSupply; readonly clock: CountyClock }) {
  if (line.last === null) return <Unknown why="还没有更新过" />;
  const { when, what } = refreshWords(line.last, clock);
  return (
    <>
      {when}
      <div className="aside">{what}</div>
    </>
  );
}

function Wrong({ line, titles }: { readonly line: BoxSupply } & Pick<ColumnFacts, "titles">) {
  const texts = [...supplyTroubles(line), ...failedWords(line.last?.refresh.failed ?? [], titles)];
  if (texts.length === 0) return <span className="aside">没有</span>;
  return (
    <span className="wrong">
      <WarningFilled /> {texts.join("；")}
    </span>
  );
}

function wantedWords({ nights }: BoxSupply, titles: ReadonlyMap<string, string>): string {
  return (nights?.wanted ?? []).map((id) => titles.get(id) ?? id).join("、");
}
