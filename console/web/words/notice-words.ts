/** For whom a notice is and how it stands, in words for the county office. */
import type { BoxLine } from "../../../protocol/console-api.ts";
import type { NoticeAudience, NoticeLine, NoticeRoom } from "../../../protocol/notice-api.ts";
import { spokenTime } from "../county-time.ts";
import type { CountyClock } from "./link-words.ts";

const NAMED_MAX = 3;

export function audienceWords(
  audience: NoticeAudience,
  nameOf: (box: string) => string | undefined,
): string {
  if (audience.kind === "all") return "全县";
  if (audience.kind === "places") return listed(audience.places, "个地方");
  return listed(
    audience.boxes.map((box) => nameOf(box) ?? box),
    "个收看室",
  );
}

function listed(names: readonly string[], what: string): string {
  if (names.length <= NAMED_MAX) return names.join("、");
  return `${names.slice(0, NAMED_MAX).join("、")}等 ${names.length} ${what}`;
}

export const NOTICE_STATES: Readonly<Record<NoticeLine["state"], string>> = {
  holds: "有效",
  over: "过期了",
  withdrawn: "收回了",
};

/** `已看(11月24日 15:53 得知)`: when the county heard of it, which is not when it happened. */
export function roomStateWords({ arrivedAtMs, readAtMs }: NoticeRoom, clock: CountyClock): string {
  if (readAtMs !== null) return `已看（${spokenTime(readAtMs, clock)} 得知）`;
  if (arrivedAtMs !== null) return `送到了，还没看（${spokenTime(arrivedAtMs, clock)} 得知）`;
  return "还没送到：播放盒连上县里就送";
}

/** Places by which rooms can be chosen: each word of what is registered, with how many rooms. */
export function placesOf(
  boxes: readonly Pick<BoxLine, "place">[],
): { name: string; rooms: number }[] {
  const rooms = new Map<string, number>();
  for (const { place } of boxes) {
    const words = new Set(place.split(" ").filter((word) => word !== ""));
    for (const word of words) rooms.set(word, (rooms.get(word) ?? 0) + 1);
  }
  return [...rooms]
    .map(([name, count]) => ({ name, rooms: count }))
    .sort((a, b) => b.rooms - a.rooms || (a.name < b.name ? -1 : 1));
}
