/** How much of a film really ran. */
import { lengthText } from "../county-time.ts";

/** `2 分 5 秒(全片的 83%)`; repeated parts count once, so it never passes 100 %. */
export function watchedWords(watchedMs: number, durationMs: number | null): string {
  if (watchedMs <= 0) return "没有放";
  if (durationMs === null || durationMs <= 0) return lengthText(watchedMs);
  // Rounded down: 100 % is said of a film that ran to its end only.
  const share = Math.min(100, Math.floor((watchedMs / durationMs) * 100));
  return `${lengthText(watchedMs)}（全片的 ${share}%）`;
}
