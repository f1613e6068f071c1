/** What is told, in plain Chinese, about what the journal's reading found. */
import type { CopyName } from "./copy-name.ts";
import type { LoadedEpoch, LoadedJournal } from "./load-journal.ts";
import type { RepairStep } from "./plan-repairs.ts";
import { formatSegmentName } from "./segment-name.ts";
import type { Hole } from "./walked-epoch.ts";

export interface JournalDamage {
  readonly kind:
    | "torn"
    | "lag"
    | "line-end"
    | "damage"
    | "corrupt"
    | "fork"
    | "unreadable"
    | "foreign"
    | "rewritten";
  /** The copy that has it; null: no copy has anything better. */
  readonly copy: CopyName | null;
  readonly segment: string;
  /** Sequence of the first record that is not as it should be. */
  readonly s: number;
  /** Where in the segment. */
  readonly offset: number;
  /** A plain Chinese sentence. */
  readonly text: string;
}

/** Everything that is not as it should be, the worst of each epoch last. */
export function listDamage(loaded: LoadedJournal): JournalDamage[] {
  return [...loaded.epochs.flatMap((epoch) => epoch.steps.map(stepDamage)), ...lostDamage(loaded)];
}

/** One plain sentence for every fault that loses something, for county and installer. */
export function describeDamage(loaded: LoadedJournal): string[] {
  return [
    ...lostDamage(loaded).map(({ text }) => text),
    ...loaded.epochs
      .filter(({ beyond }) => beyond > 0)
      .map(({ beyond }) => `缺口后面还有 ${beyond} 条读得出，照常显示，但接不上链，不算证明`),
  ];
}

/** The journal's word is what counts; the county does not take it under another box's name. */
export function describeStranger(boxId: string, enrolled: string | undefined): string[] {
  if (enrolled === undefined || enrolled === boxId) return [];
  return [
    `登记簿是播放盒 ${boxId} 的，开通文件是另一台（${enrolled}）的：照常登记，但不连县里。请向县里核对`,
  ];
}

function lostDamage(loaded: LoadedJournal): JournalDamage[] {
  const { epochs, unreadable, foreign, contradicted } = loaded;
  return [
    ...epochs.flatMap((epoch) => (epoch.hole === null ? [] : [holeDamage(epoch, epoch.hole)])),
    ...unreadable.map((name) => {
      const segment = formatSegmentName(name);
      const text = `${segment}：第一条（开头的 init）读不出，整段不能证明；原样保留`;
      return { kind: "unreadable", copy: null, segment, s: 1, offset: 0, text } as const;
    }),
    ...foreign.map(({ epoch, boxId }) => {
      const segment = formatSegmentName({ epoch, number: 1 });
      const text = `${segment}：是另一台播放盒（${boxId}）的登记簿，不算这台的；原样保留`;
      return { kind: "foreign", copy: null, segment, s: 1, offset: 0, text } as const;
    }),
    ...contradicted.map(({ epoch, s }) => {
      const place = epochs.find(({ index }) => index.epoch === epoch)?.index.placeOf(s);
      const { segment: number, offset } = place ?? { segment: 1, offset: 0 };
      const segment = formatSegmentName({ epoch, number });
      const text = `${segment} 第 ${s} 条：${REWRITTEN}`;
      return { kind: "rewritten", copy: null, segment, s, offset, text } as const;
    }),
  ];
}

const REWRITTEN =
  "与县里当时的回执对不上，它或它前面的记录被改过，校验也重新算过；请与县里和纸质签到册上的核验码核对";

const HOLES = {
  corrupt: "有记录的字节坏了或缺了",
  fork: "有记录与前面接不上，可能缺了、被改动或被旧数据覆盖",
  copies: "两份备份各有一条不同的记录，都接得上，分不出哪条是真的",
} as const;

function holeDamage({ index }: LoadedEpoch, hole: Hole): JournalDamage {
  const { kind, why, s, offset } = hole;
  const segment = formatSegmentName({ epoch: index.epoch, number: hole.segment });
  const text = `${segment} 第 ${s} 条：${HOLES[why === "copies" ? why : kind]}；原样保留`;
  return { kind, copy: null, segment, s, offset, text };
}

const STEPS = {
  torn: "断电时没有写完的一笔；它没有显示过“已保存”",
  lag: "比另一份少了记录，可从另一份补上",
  "line-end": "行尾坏了，内容完好",
  damage: "有字节坏了，另一份完好，可从另一份修复",
  fork: "有接不上的记录，另一份完好，可从另一份修复",
} as const;

function stepDamage(step: RepairStep): JournalDamage {
  const kind = step.kind === "cut" ? "torn" : step.why;
  const segment = formatSegmentName({ epoch: step.epoch, number: step.segment });
  const text = `${step.copy} 份 ${segment} 第 ${step.s} 条：${STEPS[kind]}`;
  return { kind, copy: step.copy, segment, s: step.s, offset: step.aside?.offset ?? 0, text };
}
