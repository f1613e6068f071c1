/** One notice of the county, page by page; OK on the last page says that it was read. */
import type { NoticeCard } from "../../../protocol/page-api.ts";
import { LinesScreen } from "../parts/lines-screen.ts";
import { fullDay } from "../parts/words.ts";
import type { ScreenContext } from "../screen.ts";

export class NoticeScreen extends LinesScreen {
  readonly name = "notice";

  constructor(context: ScreenContext, id: string) {
    let card: NoticeCard | null = null;
    super(context, {
      back: "上一级",
      end: {
        words: () => (card?.read === true ? "回去" : "看过了"),
        act: () => void leave(context, card),
      },
      async read({ fetchJson }) {
        const cards = await fetchJson<NoticeCard[]>("/api/notices");
        card = cards?.find((one) => one.id === id) ?? null;
        return card === null ? null : { heading: card.title, lines: linesOf(card) };
      },
    });
  }
}

async function leave(context: ScreenContext, card: NoticeCard | null): Promise<void> {
  if (card === null) return;
  if (card.read) return context.back();
  const result = await context.send({ kind: "read-notice", notice: card.id });
  // What was not kept was not read: the page stays, and the next press tries again.
  if (!result.ok && result.error.code !== "stale") return;
  context.toast(result.ok ? "记下了：这条通知已看过 ✔" : "这条通知县里收回了。");
  context.back();
}

/** Never how many days are left: the clock of this machine may be wrong (NB1). */
function linesOf({ text, from, on, until }: NoticeCard): string[] {
  const paragraphs = text.split("\n").filter((line) => line.trim() !== "");
  return [...paragraphs, `${from}  ${fullDay(on)}`, `有效到 ${fullDay(until)}`];
}
