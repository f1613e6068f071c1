/**
 * What a birth says that cannot be, after all that the county knows of this box: a cloned or wiped
 * box, a disk that was put back. Pure. Whether the records themselves contradict each other is
 * found where they are taken in; a birth tells it before a single one has come.
 */
import type { BoxAlarm } from "../../../protocol/console-api.ts";
import type { Birth } from "../../../protocol/generated/types.ts";

export type FoundAlarm = Omit<BoxAlarm, "sinceMs" | "looked">;

/** One journal of the box, as the county holds it. */
export interface HeldJournal {
  readonly epoch: string;
  /** The highest sequence of which a record is held; 0: none. */
  readonly highest: number;
  /** Hash of the held record at the sequence that the birth calls its head. */
  readonly hashAtHead: string | null;
}

export interface KnownOfBox {
  /** Null: none was heard since it was enrolled. */
  readonly key: string | null;
  readonly journals: readonly HeldJournal[];
}

/** The schema's bound: a birth that is full may have left some out. */
const JOURNALS_MAX = 64;

export function alarmsOf(birth: Pick<Birth, "key" | "journals">, known: KnownOfBox): FoundAlarm[] {
  const isOther = birth.key !== undefined && known.key !== null && birth.key !== known.key;
  const alarms: FoundAlarm[] = isOther ? [{ kind: "other-key", epoch: null, records: 0 }] : [];
  return [...alarms, ...known.journals.flatMap((held) => journalAlarms(birth, held))];
}

function journalAlarms({ journals }: Pick<Birth, "journals">, held: HeldJournal): FoundAlarm[] {
  const { epoch, highest, hashAtHead } = held;
  if (highest === 0) return [];
  const told = journals.find((journal) => journal.epoch === epoch);
  if (told === undefined) {
    const isLeftOut = journals.length >= JOURNALS_MAX;
    return isLeftOut ? [] : [{ kind: "unknown-epoch", epoch, records: highest }];
  }
  const alarms: FoundAlarm[] = [];
  const isFork = told.head > 0 && hashAtHead !== null && hashAtHead !== told.hash;
  if (isFork) alarms.push({ kind: "other-history", epoch, records: told.head });
  const missing = highest - told.head;
  if (missing > 0) alarms.push({ kind: "behind", epoch, records: missing });
  return alarms;
}
