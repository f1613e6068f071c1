/** One lesson: what it is about, whether it can be played, and the way in. */
import type { LessonDetail } from "../../../protocol/page-api.ts";
import { findSessionType } from "../../../protocol/session-type.ts";
import { button, centred, ground, text } from "../parts/draw.ts";
import { minutesWords, stateWords } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

export class LessonScreen implements Screen {
  readonly name = "lesson";
  readonly #context: ScreenContext;
  readonly #id: string;
  readonly #type: string;
  #detail: LessonDetail | null = null;
  #loaded = false;

  /** @param type what kind of session begins here */
  constructor(context: ScreenContext, id: string, type = "study-day") {
    this.#context = context;
    this.#id = id;
    this.#type = type;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#detail = await this.#context.fetchJson<LessonDetail>(`/api/lessons/${this.#id}`);
    this.#loaded = true;
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const detail = this.#detail;
    if (detail === null) {
      const words = this.#loaded ? "这个片子打不开。按【返回】换一个。" : "正在检查片子…";
      return [ground, centred(460, words, sizes.audience)];
    }
    const { card, material, why } = detail;
    return [
      ground,
      text({ y: 70, text: `《${card.title}》`, size: sizes.title, bold: true }),
      text({
        y: 200,
        text: `片号 ${card.number}  ${minutesWords(card.durationMs)}  ${stateWords(card)}`,
        size: sizes.operator,
        colour: COLOURS.secondary,
      }),
      ...(material?.points ?? []).slice(0, 3).map((point, index) =>
        text({
          y: 310 + index * 120,
          text: `${index + 1}. ${point.text}`,
          size: sizes.audience,
        }),
      ),
      ...button({
        x: SAFE.left,
        y: 760,
        w: SAFE.width,
        h: 150,
        text: this.#detail?.want === "can" ? WANT : (why ?? beginWords(this.#type)),
        size: sizes.audience,
        focused: true,
        lines: why === undefined ? 1 : 2,
      }),
    ];
  }

  hints(): KeyHint[] {
    const { why, want } = this.#detail ?? {};
    const start = why === undefined ? "开始" : want === "can" ? "点片" : "返回片库";
    return [
      { key: "确定", text: start },
      { key: "返回", text: "片库" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    if (key === "ok") this.#begin();
    return true;
  }

  /** The page shows what came of it: 今晚下载. */
  async #want(): Promise<void> {
    await this.#context.send({ kind: "want-lesson", lesson: this.#id });
    await this.#load();
  }

  #begin(): void {
    if (this.#detail === null) return;
    if (this.#detail.want === "can") {
      void this.#want();
      return;
    }
    if (this.#detail.why !== undefined) {
      this.#context.back();
      return;
    }
    const lessons = [this.#id];
    void this.#context.send({ kind: "open-session", type: this.#type, lessons });
  }
}

/** 按需供片 */
const WANT = "点这个片子，今晚下载";

function beginWords(typeId: string): string {
  const type = findSessionType(typeId);
  if (type === undefined || typeId === "study-day") return "开始学习";
  return type.recorded ? `开始：${type.name}` : "开始练习（不登记）";
}
