/** Where a box has its time from, and how far it is off. */
const SOURCE_NAMES: Readonly<Record<string, string>> = {
  none: "没有可靠的时间",
  floor: "按上次关机推算",
  rtc: "盒内时钟",
  operator: "播放员设定",
  ntp: "网络校时",
  county: "县里校时",
};

/** A second more or less is of no consequence for a register. */
const EXACT_MS = 1000;

export function clockSourceWords(source: string): string {
  return SOURCE_NAMES[source] ?? source;
}

export function clockOffsetWords(offsetMs: number): string {
  if (Math.abs(offsetMs) < EXACT_MS) return "与县里一致";
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  return `比县里${offsetMs > 0 ? "快" : "慢"} ${seconds} 秒`;
}
