/** One session of the past: its numbers and its 核验码. No list of who was absent. */
import { instantWords } from "../../../protocol/instant.ts";
import type { SessionDetail } from "../../../protocol/page-api.ts";
import { centred, ground, text } from "../parts/draw.ts";
import { fit } from "../parts/measure.ts";
import { minutesWords } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";

export class HistorySessionScreen implements Screen {
  readonly name = "history-session";
  readonly #context: ScreenContext;
  #detail: SessionDetail | null = null;
  #loaded = false;

  constructor(context: ScreenContext, id: string) {
    this.#context = context;
    void this.#load(id);
  }

  async #load(id: string): Promise<void> {
    this.#detail = await this.#context.fetchJson<SessionDetail>(`/api/sessions/${id}`);
    this.#loaded = true;
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    if (this.#detail === null) {
      return [ground, centred(440, this.#loaded ? "这一场找不到了" : "正在读取…", sizes.audience)];
    }
    const lines = this.#lines(this.#detail);
    return [
      ground,
      text({ y: 70, text: `《${this.#detail.register.title}》`, size: sizes.title, bold: true }),
      ...lines.map((words, index) =>
        text({
          y: 220 + index * 104,
          text: words,
          size: fit(words, { from: sizes.audience, least: 64, lines: 1 }).size,
        }),
      ),
    ];
  }

  #lines({ register }: SessionDetail): string[] {
    const { counts, openedAt, viewing, notes, heads, headCode, evidence } = register;
    const { utcOffsetMinutes } = this.#context.view().clock;
    const watched = viewing.reduce((sum, line) => sum + line.watchedMs, 0);
    return [
      instantWords(openedAt, utcOffsetMinutes),
      `应到 ${counts.expected}  到 ${counts.P + counts.L}  请假 ${counts.V}  未到 ${counts.A}`,
      heads === null ? "现场人数没有清点" : `现场清点 ${heads} 人`,
      `片子实际放了 ${minutesWords(watched)}  讨论记了 ${notes.length} 题`,
      headCode === null ? "还没有登记完" : `核验码 ${headCode}`,
      evidence[0] ?? "",
    ];
  }

  hints(): KeyHint[] {
    return [{ key: "返回", text: "学习记录" }];
  }

  onKey(key: RemoteKey): boolean {
    return key !== "back";
  }
}
