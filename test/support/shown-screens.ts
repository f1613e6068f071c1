/**
 * Every screen of the page, and the way to it: one list for whatever is asked of all of them (text
 * sizes, held keys, the way home, pictures). A screen that is missing here fails `screens.test.ts`.
 *
 * To add one: its name as the screen calls itself, a name for its picture, and the presses that
 * lead there. Another state of the same screen is another line.
 */
import type { RefreshPayload } from "../../protocol/generated/types.ts";
import { LONG_NOTICE, makeNotices } from "./fake-notices.ts";
import { type FakeRoom, FakeSupply, startUnsureRoom } from "./fake-room.ts";
import { HeadlessTv } from "./headless-tv.ts";
import { LIVE_METHOD } from "./lessons.ts";
import { pastDay } from "./past-day.ts";
import { type StudyDay, studyDay } from "./study-day.ts";

export interface ShownScreen {
  /** `Screen.name`, or `pause-menu`. */
  readonly place: string;
  /** File name of its picture. */
  readonly picture: string;
  readonly day?: Partial<StudyDay>;
  /** The room and its TV, where a study day is not what leads there. */
  readonly begin?: (scale: StudyDay["scale"]) => Promise<HeadlessTv>;
  readonly way: (tv: HeadlessTv) => Promise<void>;
}

const FILM_STEP_MS = 5000;
const STEPS_MAX = 120;

/** OK alone, and a film that is let run. */
export async function okUntil(tv: HeadlessTv, fits: (tv: HeadlessTv) => boolean): Promise<void> {
  for (let step = 0; step < STEPS_MAX && !fits(tv); step += 1) {
    if (tv.place === "film" && tv.view.session?.explaining === null) await tv.wait(FILM_STEP_MS);
    else await tv.press("ok");
  }
  if (!fits(tv)) throw new Error(`not reached by OK; the screen says:\n${tv.words}`);
}

const stage = (place: string) => (tv: HeadlessTv) => okUntil(tv, (shown) => shown.place === place);

/** A tile of home, whichever way the tiles lie. */
const tile = (words: string) => async (tv: HeadlessTv) => {
  await tv.pressUntil("down", 12, ({ focused }) => focused.includes(words));
  await tv.press("ok");
};

type Way = (tv: HeadlessTv) => Promise<void>;

function ways(...steps: readonly Way[]): Way {
  return async (tv) => {
    for (const step of steps) await step(tv);
  };
}

const press =
  (...keys: Parameters<HeadlessTv["press"]>): Way =>
  (tv) =>
    tv.press(...keys);

const wait =
  (ms: number): Way =>
  (tv) =>
    tv.wait(ms);

/** Down a menu to the entry that says this, and into it. */
const choose =
  (words: string): Way =>
  async (tv) => {
    await tv.pressUntil("down", 8, ({ focused }) => focused.includes(words));
    await tv.press("ok");
  };

/** Of the grid of types. */
const type =
  (words: string): Way =>
  async (tv) => {
    await tv.pressUntil("right", 12, ({ focused }) => focused.includes(words));
    await tv.press("ok");
  };

/** A whole session was held before. */
const held = ways(press("ok"), stage("closing"), press("ok"), press("ok"));

/** Three columns of settings, by arrows. */
const setting = (digit: number, words: string): Way => {
  const downs = Array.from({ length: Math.floor((digit - 1) / 3) }, () => "down" as const);
  const rights = Array.from({ length: (digit - 1) % 3 }, () => "right" as const);
  return ways(tile("设置"), press(...downs, ...rights, "ok"), async (tv) => {
    if (!tv.words.includes(words)) throw new Error(`设置 ${digit} is another:\n${tv.words}`);
  });
};

const toCue: Way = ways(stage("film"), (tv) =>
  okUntil(tv, ({ view }) => view.session?.explaining != null),
);
const toFilm: Way = ways(press("ok"), stage("film"), wait(6000));
const signed = (members: number): Way =>
  ways(press("ok"), press(...Array.from({ length: members }, () => "ok" as const)));

async function live(scale: StudyDay["scale"]): Promise<HeadlessTv> {
  const prepare: StudyDay["prepare"] = (fake) => fake.give("method", LIVE_METHOD);
  return studyDay({ members: 3, prepare, ...(scale === undefined ? {} : { scale }) });
}

async function unsure(scale: StudyDay["scale"]): Promise<HeadlessTv> {
  const fake = await startUnsureRoom(Date.UTC(2026, 2, 5));
  if (scale !== undefined) fake.room.setSite({ scale });
  const tv = new HeadlessTv(fake);
  await tv.settle();
  return tv;
}

/** A TV that nobody has set up yet. */
async function fresh(scale: StudyDay["scale"]): Promise<HeadlessTv> {
  const prepare = async (fake: FakeRoom) => {
    fake.settings.file = null;
    await fake.start();
    if (scale !== undefined) fake.room.setSite({ scale });
  };
  return studyDay({ members: 1, prepare });
}

/** A county supplies lessons: one is asked for, one came last night, and now the line is down. */
async function supplied(scale: StudyDay["scale"]): Promise<HeadlessTv> {
  const prepare = async (fake: FakeRoom) => {
    const supply = new FakeSupply({
      rice: "稻瘟病的识别与防治",
      pest: "柑橘病虫害",
      dance: "广场舞",
    });
    fake.supply = supply;
    await fake.start();
    if (scale !== undefined) fake.room.setSite({ scale });
    await fake.done({ kind: "want-lesson", lesson: "pest" });
    supply.nights = { ...supply.nights, tried: { agoMs: 60_000, end: "unreachable" } };
    await fake.register.append({ k: "refresh", d: BROUGHT });
  };
  return studyDay({ members: 1, prepare });
}

const BROUGHT: RefreshPayload = {
  ...{ mode: "night", tookMs: 720_000, bytes: 156_000_000, end: "unreachable" },
  ...{ added: ["rice"], removed: [], failed: [{ lesson: "pest", why: "unreachable" }] },
  nextMs: 900_000,
};

const strange: Way = (tv) => {
  tv.sendRaw("Unheard");
  return tv.settle();
};

const setup =
  (words: string): Way =>
  (tv) =>
    okUntil(tv, (shown) => shown.words.includes(words));

const past = (scale: StudyDay["scale"]) => pastDay(scale === undefined ? {} : { scale });

/** 补课 and the registers, of a room with a past. */
const RECORDS: readonly ShownScreen[] = [
  { place: "makeup", picture: "makeup-none", way: tile("补课") },
  { place: "makeup", picture: "makeup", begin: past, way: tile("补课") },
  {
    place: "makeup",
    picture: "makeup-lesson",
    begin: past,
    way: ways(tile("补课"), press("down", "ok")),
  },
  {
    place: "makeup",
    picture: "makeup-who",
    begin: past,
    way: ways(tile("补课"), press("down", "ok", "down", "ok", "ok")),
  },
  {
    place: "history-month",
    picture: "history-month",
    begin: past,
    way: ways(tile("学习记录"), press("ok")),
  },
  ...["", "-signin", "-viewing", "-talk", "-feedback"].map(
    (book, turns): ShownScreen => ({
      place: "history-session",
      picture: `history-session${book}`,
      begin: past,
      way: ways(
        tile("学习记录"),
        press("ok", "ok", ...Array.from({ length: turns }, () => "right" as const)),
      ),
    }),
  ),
  {
    place: "member",
    picture: "member",
    begin: past,
    way: ways(tile("学习记录"), press("ok", "ok", "right", "down", "down", "ok")),
  },
  {
    place: "inspect",
    picture: "inspect",
    begin: past,
    way: ways(tile("学习记录"), press("down", "ok")),
  },
];

const told: StudyDay["prepare"] = (fake) => fake.give("notices", makeNotices());

const NOTICES: readonly ShownScreen[] = [
  { place: "home", picture: "home-notice", day: { prepare: told }, way: press("down") },
  {
    place: "home",
    picture: "home-notice-long",
    day: { prepare: (fake) => fake.give("notices", makeNotices([LONG_NOTICE])) },
    way: press("down"),
  },
  {
    place: "home",
    picture: "home-notice-no-film",
    day: { lessons: ["never-sent"], prepare: told },
    way: press("down", "down"),
  },
  { place: "notices", picture: "notices", day: { prepare: told }, way: press("down", "ok") },
  {
    place: "notice",
    picture: "notice",
    day: { prepare: told },
    way: press("down", "ok", "ok"),
  },
  {
    place: "notice",
    picture: "notice-long",
    day: { prepare: told },
    way: press("down", "ok", "down", "ok", "down"),
  },
];

export const SHOWN_SCREENS: readonly ShownScreen[] = [
  { place: "setup", picture: "setup-remote", begin: fresh, way: async () => {} },
  { place: "setup", picture: "setup-enrol", begin: fresh, way: setup("请县里开通") },
  { place: "setup", picture: "setup-size", begin: fresh, way: setup("寸") },
  { place: "setup", picture: "setup-sound", begin: fresh, way: setup("听到") },
  { place: "home", picture: "home", way: async () => {} },
  {
    place: "home",
    picture: "home-resume",
    way: ways(press("ok", "ok", "back"), choose("回首页")),
  },
  { place: "home", picture: "home-no-plan", day: { lessons: [] }, way: async () => {} },
  ...NOTICES,
  {
    place: "home",
    picture: "home-safe",
    day: { lessons: ["no-such-lesson"] },
    way: async () => {},
  },
  { place: "library", picture: "library", way: tile("片库") },
  {
    place: "library",
    picture: "library-categories",
    way: ways(tile("片库"), press("left")),
  },
  {
    place: "library",
    picture: "library-letters",
    way: ways(tile("片库"), press("left", "up", "ok", "ok")),
  },
  { place: "lesson", picture: "lesson", way: ways(tile("片库"), press("ok")) },
  { place: "types", picture: "types", way: tile("其他活动") },
  { place: "types", picture: "types-chosen", way: ways(tile("其他活动"), press("right", "ok")) },
  { place: "history", picture: "history-none", way: tile("学习记录") },
  { place: "history", picture: "history", way: ways(held, tile("学习记录")) },
  ...RECORDS,
  { place: "settings", picture: "settings", way: tile("设置") },
  { place: "settings", picture: "settings-size", way: setting(1, "字的大小") },
  { place: "settings", picture: "settings-contrast", way: setting(2, "看得清") },
  { place: "settings", picture: "settings-eyes", way: setting(3, "木本未末") },
  { place: "settings", picture: "settings-frame", way: setting(4, "箭头") },
  {
    place: "settings",
    picture: "settings-remote",
    way: ways(setting(5, "按遥控器"), press("left")),
  },
  { place: "settings", picture: "settings-sound", way: setting(6, "念出来") },
  { place: "storage", picture: "storage", begin: supplied, way: setting(7, "盒子还剩") },
  { place: "machine", picture: "machine", way: ways(setting(8, "版本"), strange) },
  {
    place: "confirm-date",
    picture: "confirm-date",
    begin: unsure,
    way: ways(tile("片库"), press("ok", "ok"), stage("confirm-date")),
  },
  { place: "signin", picture: "signin", way: press("ok") },
  { place: "signin", picture: "signin-other", way: press("ok", "ok", "down") },
  {
    place: "signin",
    picture: "signin-codes",
    way: ways(press("ok", "down"), choose("报号"), press("digit-0", "digit-2", "digit-0")),
  },
  {
    place: "signin",
    picture: "signin-absentees",
    way: ways(press("ok", "menu", "up", "up", "ok", "right", "ok")),
  },
  { place: "signin", picture: "signin-sum", way: signed(6) },
  { place: "signin", picture: "signin-heads", way: ways(signed(6), press("ok", "up")) },
  {
    place: "signin",
    picture: "signin-differs",
    way: ways(signed(6), press("ok", "up", "up", "ok")),
  },
  { place: "hint", picture: "hint", way: stage("hint") },
  { place: "film", picture: "film", way: toFilm },
  { place: "film", picture: "film-paused", way: ways(toFilm, press("ok")) },
  { place: "film", picture: "film-menu", way: ways(toFilm, press("down")) },
  { place: "film", picture: "cue", way: ways(press("ok"), toCue) },
  { place: "pause-menu", picture: "pause-menu", way: ways(toFilm, press("back")) },
  {
    place: "pause-menu",
    picture: "pause-end",
    way: ways(toFilm, press("back"), choose("结束本场")),
  },
  {
    place: "late",
    picture: "late",
    way: ways(press("ok", "right", "right", "ok", "ok", "back"), choose("补签到")),
  },
  { place: "discuss", picture: "discuss", way: stage("discuss") },
  {
    place: "discuss",
    picture: "discuss-group",
    way: ways(stage("discuss"), press("ok", "ok", "right")),
  },
  { place: "discuss", picture: "discuss-notes", way: ways(stage("discuss"), press("down", "ok")) },
  {
    place: "discuss",
    picture: "discuss-spoke",
    way: ways(stage("discuss"), press("down", "down", "right", "ok", "ok")),
  },
  { place: "feedback", picture: "feedback", way: ways(stage("feedback"), press("up")) },
  { place: "feedback", picture: "feedback-guess", way: ways(stage("feedback"), press("down")) },
  { place: "practise", picture: "practise", way: ways(stage("practise"), press("up")) },
  { place: "practise", picture: "practise-who", way: ways(stage("practise"), press("left", "ok")) },
  {
    place: "guests",
    picture: "guests",
    begin: past,
    way: ways(press("ok", "down"), choose("来宾"), press("right")),
  },
  { place: "tasks", picture: "tasks", begin: past, way: stage("tasks") },
  {
    place: "paper",
    picture: "paper",
    way: ways(stage("closing"), press("down", "down", "ok", "ok")),
  },
  {
    place: "plain-stage",
    picture: "plain-stage",
    begin: live,
    way: ways(press("ok"), stage("plain-stage")),
  },
  {
    place: "plain-stage",
    picture: "live",
    way: ways(tile("其他活动"), type("集中收看直播"), press("ok"), stage("plain-stage")),
  },
  {
    place: "plain-stage",
    picture: "lecture",
    way: ways(tile("其他活动"), type("领导讲党课"), press("ok"), stage("plain-stage")),
  },
  { place: "closing", picture: "closing", way: stage("closing") },
  { place: "closing", picture: "closed", way: ways(stage("closing"), press("ok")) },
];

/** A TV on which this screen is shown. */
export async function showScreen(
  { place, day, begin, way }: ShownScreen,
  scale?: StudyDay["scale"],
): Promise<HeadlessTv> {
  const facts = { members: 6, ...day, ...(scale === undefined ? {} : { scale }) };
  const tv = begin === undefined ? await studyDay(facts) : await begin(scale);
  await way(tv);
  if (tv.place !== place) throw new Error(`${tv.place} is shown, not ${place}:\n${tv.words}`);
  return tv;
}
