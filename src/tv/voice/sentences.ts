/**
 * What the page says aloud, beside the narrations of a lesson. Data: the build has each spoken once
 * (`voice.config.ts`); a page without the files is silent. Written as it is said, without brackets.
 */
export const SENTENCES = {
  "setup-remote": "先试一试遥控器。屏幕上说按哪个键，就按哪个键。",
  "setup-enrol": "请把本机编号打电话报给县里。",
  "setup-size": "选一选电视有多大，最后一排离电视有多远。",
  "setup-sound": "听到声音了吗？听到了，遥控器有数字键的按一，没有的按确定。",
  "home-today": "今天的学习准备好了，按确定开始。",
  "home-resume": "上次没有上完，按确定接着上。",
  "signin-call": "现在签到。到了按确定，没到按右键。",
  "signin-codes": "请大家报号。",
  "signin-heads": "请点一点，现场来了几个人。",
  "signin-differs": "签到的人数和现场不一样，请核对。",
  "signin-done": "签到登记好了，按确定开始学习。",
  hint: "看片以前，请先留意屏幕上的话。",
  "hint-question": "先想一想，请举手。",
  cue: "停一停，请播放员讲一讲。",
  "discuss-think": "先自己想一想。",
  "discuss-pairs": "两三个人，互相说一说。",
  "discuss-share": "推一位同志，给大家讲一讲。",
  "discuss-time": "时间到了。",
  hands: "请举手。",
  practise: "回去试一试。愿意的，请举手。",
  live: "请换到直播。看完了，再换回来。",
  closing: "请和纸质签到册核对，没有错就按确定。",
  closed: "本场登记好了。请把核验码抄在签到册上。",
} as const;

export type SentenceId = keyof typeof SENTENCES;

/** Path of a sentence beside the page. */
export function sentencePath(id: SentenceId): string {
  return `voice/${id}.ogg`;
}

/** Names of the sentences that this build could have spoken. */
export const SPOKEN_LIST = "voice/list.json";
