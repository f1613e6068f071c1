/** Home: today's plan first, or what was left open; below it the other places. */
import type { LessonCard, View } from "../../../protocol/generated/types.ts";
import { findSessionType } from "../../../protocol/session-type.ts";
import { button, centred, ground, moved, text } from "../parts/draw.ts";
import { fit, linesOf } from "../parts/measure.ts";
import { dateText, dateWords, daysUntil, filmTime } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, Place, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, FOCUSABLE_HEIGHT_MIN, GAP, SAFE } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";

interface Choice {
  /** The same over new views: what is focused stays so when another choice comes or goes. */
  readonly id: string;
  readonly words: string;
  readonly act: () => void;
}

const CARD = { y: 200, h: 420, gap: 20 } as const;
const TILES_Y = 700;
/** Between the card and the tiles; the card is lower then. */
const NOTICE_Y = TILES_Y - GAP - FOCUSABLE_HEIGHT_MIN;
/** Two lines of it fit the height of a line that is focusable. */
const LONG_NOTICE_SIZE = 42;
/** Two lines of it fit a card of half the height. */
const HALF_CARD_SIZE_MAX = 52;

export class HomeScreen implements Screen {
  readonly name = "home";
  readonly #context: ScreenContext;
  #focus = 0;
  #focused: string | null = null;

  constructor(context: ScreenContext) {
    this.#context = context;
  }

  #choices(): Choice[] {
    const { go } = this.#context;
    return [
      ...this.#mainChoices().map((main, index) => ({ ...main, id: `main-${index}` })),
      ...this.#noticeChoices(),
      { id: "library", words: "片库", act: () => go({ kind: "library" }) },
      { id: "makeup", words: "补课", act: () => go({ kind: "makeup" }) },
      { id: "history", words: "学习记录", act: () => go({ kind: "history" }) },
      { id: "types", words: "其他活动", act: () => go({ kind: "types" }) },
      { id: "settings", words: "设置", act: () => go({ kind: "settings" }) },
    ];
  }

  /** One line of what the county says. One notice is opened at once. */
  #noticeChoices(): Choice[] {
    const { notices } = this.#context.view().home;
    if (notices === undefined) return [];
    const { count, unread, title, id } = notices;
    const place: Place = count === 1 ? { kind: "notice", id } : { kind: "notices" };
    const words = unread === 0 ? "县里的通知" : `▲ 县里有 ${unread} 条通知没看`;
    return [{ id: "notices", words: `${words}：${title}`, act: () => this.#context.go(place) }];
  }

  #mainChoices(): Omit<Choice, "id">[] {
    const { home } = this.#context.view();
    const { send, go } = this.#context;
    if (home.resume !== null) {
      const resume = { words: resumeWords(home.resume), act: () => void send({ kind: "resume" }) };
      if (!home.resume.earlierDay) return [resume];
      return [
        resume,
        { words: "收场（上次没有登记完）", act: () => void send({ kind: "abandon" }) },
      ];
    }
    const { plan } = home;
    const choose = { words: "到片库选一个片子", act: () => go({ kind: "library" }) };
    if (plan === null) return [choose];
    if (troubleOf(plan) !== null) {
      return [
        { ...choose, act: () => go({ kind: "library", type: plan.type }) },
        { words: "开会，不放片子", act: () => go(meetingWithout(plan)) },
      ];
    }
    if (plan.lessons.length === 0 && needsLesson(plan)) return [choose];
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
    const notices = this.#noticeChoices();
    const room = notices.length === 0 ? CARD.h : NOTICE_Y - GAP - CARD.y;
    const h = main.length > 1 ? (room - CARD.gap) / 2 : room;
    const isHalf = main.length > 1 && notices.length > 0;
    const size = isHalf ? Math.min(sizes.operator, HALF_CARD_SIZE_MAX) : sizes.audience;
    const trouble = view.home.resume === null ? troubleOf(view.home.plan) : null;
    const colour = trouble === null ? COLOURS.secondary : COLOURS.attention;
    return [
      centred(122, trouble ?? heading(view), sizes.operator, { colour }),
      ...main.flatMap(({ words }, index) =>
        button({
          x: SAFE.left,
          y: CARD.y + index * (h + CARD.gap),
          w: SAFE.width,
          h,
          text: words,
          size: main.length > 1 ? size : sizes.title,
          focused: this.#focus === index,
          lines: main.length > 1 ? 2 : 3,
        }),
      ),
      ...notices.flatMap(({ words }) => this.#drawNotice(words, main.length)),
    ];
  }

  #drawNotice(words: string, index: number): Scene {
    const place = { x: SAFE.left, y: NOTICE_Y, w: SAFE.width };
    const w = SAFE.width - 80;
    const { size } = fit(words, { from: this.#context.sizes.operator, least: 40, lines: 2, w });
    const isLong = linesOf(words, size, w) > 1;
    const look = { size: isLong ? Math.min(size, LONG_NOTICE_SIZE) : size, lines: 2 };
    return button({ ...place, ...look, text: words, focused: this.#focus === index });
  }

  #drawTiles(): Scene {
    const first = this.#mainChoices().length + this.#noticeChoices().length;
    const tiles = this.#choices().slice(first);
    const w = (SAFE.width - 24 * (tiles.length - 1)) / tiles.length;
    return tiles.flatMap(({ words }, index) =>
      button({
        x: SAFE.left + index * (w + 24),
        y: TILES_Y,
        w,
        text: words,
        size: fit(words, { from: this.#context.sizes.audience, least: 64, lines: 1, w: w - 14 })
          .size,
        tight: true,
        focused: this.#focus === first + index,
      }),
    );
  }

  speech(): Speech | null {
    const { plan, resume } = this.#context.view().home;
    if (resume !== null) return sentence("home-resume");
    const isReady = plan?.today === true && troubleOf(plan) === null;
    return isReady && plan.lessons.length > 0 ? sentence("home-today") : null;
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
    // 设置 lies at the end: one press to the left of the beginning.
    else if (key === "left" && this.#focus === 0) this.#focus = choices.length - 1;
    else if (step !== undefined) this.#focus = moved(this.#focus, step, choices.length);
    else return key !== "back";
    this.#focused = this.#choices()[this.#focus]?.id ?? null;
    this.#context.redraw();
    return true;
  }

  onView(): void {
    const choices = this.#choices();
    const found = choices.findIndex(({ id }) => id === this.#focused);
    this.#focus = moved(found < 0 ? this.#focus : found, 0, choices.length);
  }
}

function heading({ home, clock }: View): string {
  if (home.resume !== null) return "上次没有上完";
  if (home.plan === null) return "今天没有安排学习";
  return home.plan.today ? `今天是${home.plan.typeName}` : comingWords(home.plan, clock);
}

/** How many days it is still, and that nobody can count them when the date is unknown. */
function comingWords({ date, typeName }: PlanView, clock: View["clock"]): string {
  const day = `${dateText(date)}${typeName}`;
  const days = daysUntil(date, clock);
  if (days === null) return `下一次：${day}（今天几号还没有确认）`;
  if (days < 1) return `下一次：${day}`;
  return days === 1 ? `明天是${typeName}` : `还有 ${days} 天：${day}`;
}

function resumeWords({ title, stageName, atMs }: NonNullable<View["home"]["resume"]>): string {
  const place = atMs === null ? stageName : `${stageName} ${filmTime(atMs)}`;
  return `接着上次：《${title}》\n${place}`;
}

function planWords(plan: NonNullable<View["home"]["plan"]>): string {
  if (plan.lessons.length === 0) return `${plan.typeName}\n按【确定】开始`;
  const titles = plan.lessons.map(({ title }) => `《${title}》`).join("");
  return plan.today ? `今天学习：${titles}\n按【确定】开始` : `${titles}\n按【确定】开始`;
}

type PlanView = NonNullable<View["home"]["plan"]>;

function needsLesson({ type }: PlanView): boolean {
  return findSessionType(type)?.lesson !== "none";
}

/** Why today's lessons cannot be shown, in one sentence; null when they can. */
function troubleOf(plan: PlanView | null): string | null {
  const states = (plan?.lessons ?? []).map(({ state }) => state);
  const bad = states.find((state) => state !== "ready");
  if (plan === null || bad === undefined) return null;
  return `${plan.today ? "今天" : dateText(plan.date)}${TROUBLE[bad]}`;
}

const TROUBLE: Readonly<Record<Exclude<LessonCard["state"], "ready">, string>> = {
  absent: "安排的片子还没有到这台机器上。",
  partial: "安排的片子还没有下载完。",
  quarantined: "安排的片子坏了，机器正在修。",
  "needs-upgrade": "安排的片子要等程序升级后才能放。",
};

/** The planned kind of meeting if it can be held without a film; else one is chosen. */
function meetingWithout({ type }: PlanView): Place {
  const isPossible = findSessionType(type)?.lesson === "welcome";
  return isPossible ? { kind: "types", type } : { kind: "types" };
}
