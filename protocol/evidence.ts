/**
 * Which evidence of a session stands, and which does not, in plain sentences: for the closing
 * sheet, the registers and the county. Pure. What nobody knows is said to be unknown.
 */
import type { AttendanceCounts, DevicePayload, SessionClosePayload } from "./generated/types.ts";
import type { Instant } from "./instant.ts";
import type { PaperLine } from "./register.ts";

export interface EvidenceFacts {
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly counts: AttendanceCounts;
  /** Came without being expected (双管, 协管, other branches). */
  readonly welcomeThere: number;
  /** Corrections after the close that stand (更). */
  readonly corrections: number;
  /** Counted heads; null: nobody counted. */
  readonly heads: number | null;
  /** Per lesson of which some was played. */
  readonly watchedMs: readonly number[];
  /** What the TV said of itself, in the order of the journal. */
  readonly tvPowers: readonly DevicePayload["power"][];
  /** What the closing record counted is not what the marks before it add up to. */
  readonly countsDiffer: boolean;
  /** Null: not compared with the paper 签到册. */
  readonly paper: Pick<PaperLine, "result" | "missing" | "extra"> | null;
}

export function evidenceOf(facts: EvidenceFacts): string[] {
  const { counts, watchedMs, countsDiffer } = facts;
  return [
    clockSentence(facts),
    headsSentence(facts),
    ...paperSentences(facts.paper),
    ...(counts.unmarked > 0 ? [`还有 ${counts.unmarked} 人未登记`] : []),
    ...watchedMs.map((ms) => `片子实际放了 ${minutes(ms)}`),
    tvSentence(facts.tvPowers),
    ...(facts.corrections > 0 ? [`结束后更正 ${facts.corrections} 处`] : []),
    ...(countsDiffer ? ["结束时的人数与逐条签到对不上，请核对"] : []),
  ];
}

const SOURCE_WORDS = { county: "县里校时", ntp: "网络校时" } as const;

function clockSentence({ openedAt, closedAt }: EvidenceFacts): string {
  const ends = closedAt === null ? [openedAt] : [openedAt, closedAt];
  if (ends.some(({ sure }) => !sure)) return "时间未确认";
  if (ends.some(({ conflict }) => conflict === true)) return "时间有出入，请核对";
  const sources = ends.map(({ source }) => source ?? null);
  if (sources.includes("operator")) return "日期由播放员确认，时刻没有核对";
  const [source = null] = sources;
  const by = source === "county" || source === "ntp" ? `（${SOURCE_WORDS[source]}）` : "";
  return `时间已核对${by}`;
}

function headsSentence({ heads, counts, welcomeThere }: EvidenceFacts): string {
  if (heads === null) return "现场人数没有清点";
  const { P, L, X, G, Q } = counts;
  const inRoom = P + L + X + G + Q + welcomeThere;
  const apart = Math.abs(heads - inRoom);
  return apart === 0
    ? `现场清点 ${heads} 人，与签到一致`
    : `签到 ${inRoom} 人，清点 ${heads} 人，相差 ${apart} 人`;
}

/** Nothing when nobody compared: most rooms do so days later, or never. */
function paperSentences(paper: EvidenceFacts["paper"]): string[] {
  if (paper === null) return [];
  if (paper.result === "none") return ["没有纸质签到册"];
  if (paper.result === "same") return ["与纸质签到册一致"];
  const apart = paper.missing.length + paper.extra.length;
  return [apart === 0 ? "与纸质签到册不一致，请核对" : `与纸质签到册有 ${apart} 人不一致`];
}

function tvSentence(powers: EvidenceFacts["tvPowers"]): string {
  if (powers.includes("off")) return "电视有时是关着的";
  if (!powers.includes("on")) return "电视开没开不知道";
  return powers.includes("unknown") ? "电视开过，中间有时不知道" : "电视一直开着";
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

/** 应到 = 到 + 迟到 + 早退 + 请假 + 缺席 + 未登记; at a regular close nobody is 未登记. */
export function sumsHold(counts: AttendanceCounts, ending: SessionClosePayload["ending"]): boolean {
  const { expected, P, L, X, V, A, unmarked } = counts;
  return expected === P + L + X + V + A + unmarked && (ending === "abandoned" || unmarked === 0);
}

const COUNTED = ["expected", "P", "L", "X", "V", "A", "unmarked", "G", "Q"] as const;

/** Whether a closing record says what the marks before it add up to. */
export function closeAgrees({ counts, ending }: SessionClosePayload, folded: AttendanceCounts) {
  return sumsHold(folded, ending) && COUNTED.every((key) => counts[key] === folded[key]);
}
