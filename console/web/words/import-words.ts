/** What came of a file from a stick, in words. */
import type { ImportAnswer } from "../../../protocol/console-api.ts";

export function importWords({ name, records, fresh, conflicts }: ImportAnswer): string {
  const held = records - fresh - conflicts;
  const aside =
    conflicts > 0 ? `${conflicts} 条与县里的不一致，已另存，请看这台播放盒的页面。` : "";
  return `${name}：文件里 ${records} 条，新收 ${fresh} 条，已有 ${held} 条。${aside}`;
}
