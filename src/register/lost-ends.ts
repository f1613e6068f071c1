/**
 * What the county has of this box, and no copy of the box: the disk was put back to an older image,
 * or copied. The journal tells of it once, where it was found out; the registers lack it for ever,
 * and say so (docs/decisions/0021).
 */
import { isKnownRecord, type StoredRecord } from "../../protocol/record.ts";

export class LostEnds {
  readonly #texts: string[] = [];

  /** One plain Chinese sentence each: what is missing, and what to do. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** Takes in the next record of the journal, of whatever kind. */
  note({ record }: StoredRecord): void {
    // The kind first: of every record of a long journal this is asked.
    if (record.k !== "rollback" && record.k !== "fork") return;
    if (!isKnownRecord(record)) return;
    if (record.k === "rollback") {
      const { ours, theirs } = record.d;
      this.#texts.push(
        `这台机器的记录被换回过旧的：县里有第 ${ours + 1} 到 ${theirs} 条，这里没有。` +
          "那段时间的场次以县里的登记簿和纸质签到册为准，请报告县里",
      );
    }
    if (record.k === "fork" && record.d.why === "county") {
      this.#texts.push(
        `县里还有一份从第 ${record.d.s} 条起不一样的记录：这台机器的盘换回过旧的，或被复制过。` +
          "两份县里都留着，请报告县里核对",
      );
    }
  }
}
