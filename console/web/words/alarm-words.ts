/** What an alarm of a box means, and what is to be done. */
import type { BoxAlarm } from "../../../protocol/console-api.ts";

export function alarmWords({ kind, records }: Pick<BoxAlarm, "kind" | "records">): string {
  switch (kind) {
    case "other-key":
      return "报到用的密钥与登记的不同：可能有人复制了这台播放盒，或换过机器。请核对现场，确认后重新开通";
    case "unknown-epoch":
      return `不认得自己以前的一本登记簿（县里有 ${records} 条）：可能重装过，或换回了很旧的备份。县里的记录都在，请核对现场`;
    case "behind":
      return `登记簿比县里少 ${records} 条：可能换回了旧备份，或磁盘坏了。县里的记录都在，请核对现场`;
    case "other-history":
      return `登记簿第 ${records} 条与县里的不是同一条：可能换回了旧备份，或同一台播放盒有两份。两边的记录都留着，请核对现场`;
  }
}
