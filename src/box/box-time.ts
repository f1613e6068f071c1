/** Joins clock, time service and journal: who says how right the wall clock is, and who asks. */
import { LinuxTimeSync } from "../../platform/linux/linux-time-sync.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Register } from "../register/register.ts";
import { TimeKeeper } from "../room/time-keeper.ts";
import { WallJudge } from "../room/wall-judge.ts";
import { BUILT_AT } from "./built-at.ts";
import type { Log } from "./log.ts";

/** A clock that is set from the network, and a TV that is switched off, are noticed soon. */
const LOOK_MS = 30_000;

export interface BoxTime {
  readonly wall: WallJudge;
  /** Once the journal is open. */
  follow(register: Register, watch: TimeWatch): Promise<FollowedTime>;
}

export interface TimeWatch {
  onFix(): void;
  /** Each time that the world is looked at. */
  onLook(): void;
  readonly log: Log;
}

export interface FollowedTime {
  readonly timeKeeper: TimeKeeper;
  stop(): void;
}

export async function openBoxTime(clock: Clock): Promise<BoxTime> {
  const sync = new LinuxTimeSync(clock);
  const hasBatteryClock = await sync.hasBatteryClock();
  const wall = new WallJudge({ clock, builtAt: BUILT_AT, hasBatteryClock });
  return {
    wall,
    async follow(register, watch) {
      wall.attach({ times: register.fold.times, bootOrdinal: register.bootOrdinal });
      const timeKeeper = new TimeKeeper({ register, clock, sync, ...watch });
      await timeKeeper.lookAtSync();
      const timer = setInterval(() => {
        void timeKeeper.lookAtSync();
        watch.onLook();
      }, LOOK_MS);
      timer.unref();
      return { timeKeeper, stop: () => clearInterval(timer) };
    },
  };
}
