/** 学习记录: one line a session, newest first, by pages. */
import { instantWords } from "../../../protocol/instant.ts";
import type { SessionSummary } from "../../../protocol/page-api.ts";
import { button, centred, ground, moved, text } from "../parts/draw.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

const PAGE = 5;

export class HistoryScreen implements Screen {
  readonly name = "history";
  readonly paged = true;
  readonly #context: ScreenContext;
  #sessions: readonly SessionSummary[] | null = null;
  #focus = 0;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#sessions = (await this.#context.fetchJson<SessionSummary[]>("/api/sessions")) ?? [];
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const all = this.#sessions;
    if (all === null) return [ground, centred(440, "正在读取记录…", sizes.audience)];
    if (all.length === 0) return [ground, centred(440, "还没有学习记录", sizes.display)];
    const page = Math.floor(this.#focus / PAGE);
    const pages = Math.ceil(all.length / PAGE);
    return [
      ground,
      text({ y: 54, text: "学习记录", size: sizes.operator, bold: true }),
      text({
        y: 54,
        text: `共 ${all.length} 场  第 ${page + 1}/${pages} 页`,
        size: sizes.hint,
        align: "right",
        colour: COLOURS.secondary,
      }),
      ...all.slice(page * PAGE, page * PAGE + PAGE).flatMap((session, index) =>
        button({
          x: SAFE.left,
          y: 140 + index * 158,
          w: SAFE.width,
          h: 134,
          text: this.#lineOf(session),
          size: sizes.hint,
          focused: page * PAGE + index === this.#focus,
          align: "left",
          lines: 2,
        }),
      ),
    ];
  }

  #lineOf({ openedAt, title, counts, closed, ending, typeName }: SessionSummary): string {
    const { utcOffsetMinutes } = this.#context.view().clock;
    const day = instantWords(openedAt, utcOffsetMinutes);
    const state = closed ? (ending === "done" ? "✔ 已登记" : "▲ 收场") : "▲ 没上完";
    return `${day}  ${typeName}  ${state}\n《${title}》  应到 ${counts.expected}  到 ${counts.P + counts.L}`;
  }

  hints(): KeyHint[] {
    if ((this.#sessions ?? []).length === 0) return [{ key: "返回", text: "首页" }];
    return [
      { key: "确定", text: "看这一场" },
      { key: "▲▼", text: "移动" },
      { key: "返回", text: "首页" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const steps = {
      up: -1,
      down: 1,
      left: -PAGE,
      right: PAGE,
      "page-up": -PAGE,
      "page-down": PAGE,
    };
    const step = steps[key as keyof typeof steps];
    const all = this.#sessions ?? [];
    if (step !== undefined) this.#focus = moved(this.#focus, step, all.length);
    const session = all[this.#focus];
    if (key === "ok" && session !== undefined) {
      this.#context.go({ kind: "history-session", id: session.id });
    }
    this.#context.redraw();
    return true;
  }
}
