/** Home: today's plan first, or what was left open; below it the other places. */
import type { View } from "../../../protocol/generated/types.ts";
import { button, centred, ground, moved, text } from "../parts/draw.ts";
import { dateWords, filmTime } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

interface Choice {
  readonly words: string;
  readonly act: () => void;
}

const CARD = { y: 200, h: 420 } as const;
const TILES_Y = 700;

export class HomeScreen implements Screen {
  readonly name = "home";
  readonly #context: ScreenContext;
  #focus = 0;

  constructor(context: ScreenContext) {
    this.#context = context;
  }

  #choices(): Choice[] {
    const { go } = this.#context;
    return [
      ...this.#mainChoices(),
      { words: "片库", act: () => go({ kind: "library" }) },
      { words: "学习记录", act: () => go({ kind: "history" }) },
      { words: "设置", act: () => go({ kind: "settings" }) },
    ];
  }

  #mainChoices(): Choice[] {
    const { home } = this.#context.view();
    const { send, go } = this.#context;
    if (home.resume !== null) {
      const resume = { words: resumeWords(home.resume), act: () => void send({ kind: "resume" }) };
      if (!home.resume.earlierDay) return [resume];
      return [resume, { words: "收场(上次没有登记完)", act: () => void send({ kind: "abandon" }) }];
    }
    const { plan } = home;
    if (plan === null || plan.lessons.length === 0) {
      return [{ words: "到片库选一个片子", act: () => go({ kind: "library" }) }];
    }
    return [{ words: planWords(plan), act: () => this.#begin(plan) }];
  }

  #begin(plan: NonNullable<View["home"]["plan"]>): void {
    const lessons = plan.lessons.map(({ id }) => id);
    void this.#context.send({ kind: "open-session", type: plan.type, lessons }).then((result) => {
      if (!result.ok) this.#context.toast(result.error.text);
    });
  }

  draw(): Scene {
    const view = this.#context.view();
    const { sizes } = this.#context;
    return [
      ground,
      text({
        y: 54,
        text: view.site.name || "一室一屏",
        size: sizes.hint,
        colour: COLOURS.secondary,
      }),
      text({
        y: 54,
        text: dateWords(view.clock),
        size: sizes.hint,
        align: "right",
        colour: COLOURS.secondary,
      }),
      ...this.#drawCard(view),
      ...this.#drawTiles(),
      ...view.banners.slice(0, 2).map((banner, index) =>
        text({
          y: TILES_Y + 136 + index * 52,
          text: `${banner.level === "error" ? "✖" : "▲"} ${banner.text}`,
          size: sizes.hint,
          colour: banner.level === "error" ? COLOURS.error : COLOURS.attention,
        }),
      ),
    ];
  }

  #drawCard(view: View): Scene {
    const { sizes } = this.#context;
    const main = this.#mainChoices();
    const h = main.length > 1 ? 200 : CARD.h;
    return [
      centred(122, heading(view), sizes.operator, { colour: COLOURS.secondary }),
      ...main.flatMap(({ words }, index) =>
        button({
          x: SAFE.left,
          y: CARD.y + index * 220,
          w: SAFE.width,
          h,
          text: words,
          size: main.length > 1 ? sizes.audience : sizes.title,
          focused: this.#focus === index,
          lines: main.length > 1 ? 2 : 3,
        }),
      ),
    ];
  }

  #drawTiles(): Scene {
    const first = this.#mainChoices().length;
    const tiles = this.#choices().slice(first);
    const w = (SAFE.width - 24 * (tiles.length - 1)) / tiles.length;
    return tiles.flatMap(({ words }, index) =>
      button({
        x: SAFE.left + index * (w + 24),
        y: TILES_Y,
        w,
        text: words,
        size: this.#context.sizes.audience,
        focused: this.#focus === first + index,
      }),
    );
  }

  hints(): KeyHint[] {
    return [
      { key: "确定", text: "选中" },
      { key: "▲▼◀▶", text: "移动" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const choices = this.#choices();
    const step = { up: -1, left: -1, down: 1, right: 1 }[key as "up"];
    if (key === "ok") choices[this.#focus]?.act();
    else if (step !== undefined) this.#focus = moved(this.#focus, step, choices.length);
    else return key !== "back";
    this.#context.redraw();
    return true;
  }

  onView(): void {
    this.#focus = moved(this.#focus, 0, this.#choices().length);
  }
}

function heading({ home }: View): string {
  if (home.resume !== null) return "上次没有上完";
  if (home.plan === null) return "今天没有安排学习";
  return home.plan.today ? `今天是${home.plan.typeName}` : `下一次:${home.plan.date}`;
}

function resumeWords({ title, stageName, atMs }: NonNullable<View["home"]["resume"]>): string {
  const place = atMs === null ? stageName : `${stageName} ${filmTime(atMs)}`;
  return `接着上次:《${title}》\n${place}`;
}

function planWords(plan: NonNullable<View["home"]["plan"]>): string {
  const titles = plan.lessons.map(({ title }) => `《${title}》`).join("");
  return plan.today ? `今天学习:${titles}\n按【确定】开始` : `${titles}\n按【确定】开始`;
}
