/** What an invented county tells a room on 5 March 2026. */
import type { Notice, Notices } from "../../protocol/generated/types.ts";

const BASE = { from: "县委组织部", on: "2026-03-01", until: "2026-03-20" } as const;

export const SHORT_NOTICE: Notice = {
  ...BASE,
  id: "noticeshort2",
  title: "三月电教日提前到 3 号",
  text: "三月的党员电教日提前到 3 月 3 日，上午九点开始。\n请通知到每一位同志。",
};

/** As long as one may be, in the widest letters. */
export const LONG_NOTICE: Notice = {
  ...BASE,
  id: "noticelong22",
  title: "关于做好春季农业实用技术培训和学习登记核对工作的通知",
  text: `${"请各村在春耕以前办好实用技术培训，按时签到，把纸质签到册和核验码对一遍。".repeat(13)}特此通知`,
};

export function makeNotices(
  notices: readonly Notice[] = [SHORT_NOTICE, LONG_NOTICE],
  version = 1,
): Notices {
  return { schema: "one-room.notices/1", version, notices: [...notices] };
}
