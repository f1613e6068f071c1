/** Attendance as numbers: on one line, and as a sum that adds up. */
import { Tooltip } from "antd";
import type { CoverageSums } from "../../../protocol/book-api.ts";
import type { SessionLine } from "../../../protocol/console-api.ts";
import {
  countOf,
  headsDiffer,
  headsSentence,
  presentCount,
  presentShare,
  STATUS_NAMES,
  STATUS_ORDER,
  sumSentence,
} from "../words/attendance-words.ts";
import { countText } from "../words/numbers.ts";

/** `实到 40 / 应到 50`, the whole sum on pointing at it. */
export function AttendanceInline({ line }: { readonly line: SessionLine }) {
  const { counts } = line;
  return (
    <Tooltip title={sumSentence(counts)}>
      <span>
        实到 <b>{presentCount(counts)}</b> / 应到 {counts.expected}
        {counts.unmarked > 0 && <span className="aside"> 未登记 {counts.unmarked}</span>}
      </span>
    </Tooltip>
  );
}

interface AttendanceSumProps {
  readonly line: SessionLine;
  readonly coverage: CoverageSums;
}

/** 应到 = 到 + 迟到 + 早退 + 请假 + 缺席 + 未登记, each number over its word. */
export function AttendanceSum({ line, coverage }: AttendanceSumProps) {
  const { counts } = line;
  const { madeUp, broughtHome, covered } = coverage;
  return (
    <div className="attendance-sum" title={sumSentence(counts)}>
      <Term name="应到" value={counts.expected} strong />
      {STATUS_ORDER.map((status, index) => (
        <span key={status} className="attendance-pair">
          <i>{index === 0 ? "=" : "+"}</i>
          <Term name={STATUS_NAMES[status]} value={countOf(counts, status)} />
        </span>
      ))}
      <span className="attendance-rule" />
      <Term name="实到（到+迟到+早退）" value={presentCount(counts)} strong />
      <Term name="到课率" value={presentShare(counts)} />
      <span className="attendance-rule" />
      <Term name={`全覆盖（补课 ${madeUp}、送学 ${broughtHome}）`} value={covered} strong />
      <span className="attendance-rule" />
      {line.welcome > 0 && <Term name="双管、协管等" value={line.welcome} />}
      <Term name="列席" value={counts.G} />
      <Term name="群众" value={counts.Q} />
      <span className="attendance-rule" />
      <Tooltip title={headsSentence(line)}>
        <span className={headsDiffer(line) ? "heads heads-differ" : "heads"}>
          <Term name="现场清点" value={countText(line.heads)} strong />
        </span>
      </Tooltip>
    </div>
  );
}

interface TermProps {
  readonly name: string;
  readonly value: number | string;
  readonly strong?: boolean;
}

function Term({ name, value, strong = false }: TermProps) {
  return (
    <span className={strong ? "term term-strong" : "term"}>
      <b>{value}</b>
      <span>{name}</span>
    </span>
  );
}
