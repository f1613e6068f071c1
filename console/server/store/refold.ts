/**
 * Registers that an older program folded are folded anew, so that a number in the county is the one
 * that its boxes show. After the start, a few at a time: nobody waits for it.
 */
import { FOLD_VERSION } from "../../../protocol/fold-session.ts";
import type { Database, Queries } from "../database/database.ts";
import { errorText, type Log } from "../log.ts";
import { foldIntoRegister } from "./session-store.ts";
import { timesOf } from "./time-store.ts";

/** One transaction: short enough that no box waits for its acknowledgement. */
const SESSIONS_AT_ONCE = 20;

interface OldSession {
  readonly box: string;
  readonly session: string;
  readonly epoch: string;
}

export interface Refolding {
  readonly done: Promise<number>;
  stop(): Promise<void>;
}

/** `done` resolves with how many were folded anew. */
export function refoldOld(database: Database, log: Log): Refolding {
  let isStopping = false;
  const run = async (): Promise<number> => {
    let count = 0;
    while (!isStopping) {
      const folded = await database.transaction(refoldSome);
      count += folded;
      if (folded === 0) break;
    }
    if (count > 0) log.info("registers-folded-anew", { sessions: count, fold: FOLD_VERSION });
    return count;
  };
  const done = run().catch((error) => {
    // The database went away: the next start goes on.
    log.warn("registers-not-folded-anew", { why: errorText(error) });
    return 0;
  });
  return {
    done,
    async stop() {
      isStopping = true;
      await done;
    },
  };
}

/** Of one box only: what is known of its time is read once for all of them. */
async function refoldSome(db: Queries): Promise<number> {
  const sessions = await db.rows<OldSession>(
    `select box, session, epoch from sessions where fold < $1
     order by box, epoch, session limit $2 for update skip locked`,
    [FOLD_VERSION, SESSIONS_AT_ONCE],
  );
  const [first] = sessions;
  if (first === undefined) return 0;
  const same = sessions.filter(({ box, epoch }) => box === first.box && epoch === first.epoch);
  const times = await timesOf(db, first);
  for (const { box, session } of same) {
    // The time of receipt stays what it was.
    await foldIntoRegister(db, { box, session, nowMs: 0, times });
    // Also when its records make no register any more: it is not looked at again.
    await db.rows("update sessions set fold = $3 where box = $1 and session = $2", [
      box,
      session,
      FOLD_VERSION,
    ]);
  }
  return same.length;
}
