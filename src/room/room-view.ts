/** The whole view, and the short form of it that the county is told. Pure. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Banner, ScreenState, View } from "../../protocol/generated/types.ts";
import type { NoticeCard } from "../../protocol/page-api.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import type { Register, RegisterFold } from "../register/register.ts";
import { stageOf } from "../session/session.ts";
import { countyDate } from "./county-day.ts";
import type { DocumentShelf } from "./document-shelf.ts";
import { makeHomeView } from "./home-view.ts";
import type { LiveSession } from "./live-session.ts";
import type { LinkFacts, RefreshNews, RoomSupply, SiteSettings } from "./room-ports.ts";
import { makeClockView } from "./room-time.ts";
import { makeSessionView } from "./session-view.ts";

export interface ViewFacts {
  readonly rev: number;
  readonly live: LiveSession | null;
  /** Nothing of the live session is recorded. */
  readonly isPractice: boolean;
  /** What the live session is folded into. */
  readonly liveFold: RegisterFold;
  readonly register: Pick<
    Register,
    "fold" | "bootOrdinal" | "writable" | "damage" | "isCopyAway" | "isSpaceLow"
  >;
  readonly library: LessonLibrary;
  readonly supply?: RoomSupply;
  readonly shelf: DocumentShelf;
  readonly notices: readonly NoticeCard[];
  readonly site: SiteSettings;
  readonly link: LinkFacts;
  readonly clock: Pick<Clock, "bootMs" | "wallUnixMs">;
  readonly news: RefreshNews | null;
  /** One sentence about a film that could not be played. */
  readonly filmTrouble: string | null;
}

/** A session that is paused, or that home must ask about first, does not decide the screen. */
function isOnScreen(live: LiveSession): boolean {
  return !live.state.paused && !live.held;
}

export function makeView(facts: ViewFacts): View {
  const { rev, live, site, shelf } = facts;
  const { utcOffsetMinutes, ...shownSite } = site;
  const onScreen = live !== null && isOnScreen(live) ? live : null;
  // The date is a record: in a practice nobody is asked for it.
  const inSession = onScreen !== null && onScreen.state.ended === null && !facts.isPractice;
  const plan = shelf.plan?.document ?? null;
  const clock = makeClockView({ ...facts, utcOffsetMinutes, plan, inSession });
  return {
    schema: "one-room.view/1",
    rev,
    clock,
    site: { ...shownSite, enrolled: facts.link.connected !== null },
    home: makeHome(facts, clock.unixMs),
    session: onScreen === null ? null : makeSession(onScreen, facts),
    banners: [
      ...makeBanners(facts, clock.sure),
      ...newsBanner(facts.news, clock.sure ? countyDay(clock.unixMs, utcOffsetMinutes) : null),
    ],
  };
}

function makeSession(live: LiveSession, { liveFold, isPractice }: ViewFacts): View["session"] {
  const session = makeSessionView(live, liveFold.session(live.state.id));
  if (!isPractice) return session;
  // Nobody shall find a code to copy that stands for no record.
  const closed = session.closed && { ...session.closed, headCode: "", evidence: [] };
  return { ...session, practice: true, closed };
}

/** A planned day is looked for among so many closed sessions: more than a year of a busy room. */
const RECENT_MAX = 100;

function makeHome(facts: ViewFacts, nowUnixMs: number | null) {
  const { live, shelf, library, register, site, supply, notices } = facts;
  const dayOf = (unixMs: number | null) =>
    unixMs === null ? null : countyDate(unixMs, site.utcOffsetMinutes);
  return makeHomeView({
    plan: shelf.plan?.document ?? null,
    today: dayOf(nowUnixMs),
    library,
    notices,
    ...(supply === undefined ? {} : { supply }),
    waiting: live !== null && live.state.ended === null && !isOnScreen(live) ? live : null,
    closedSessions: register.fold.sessions({ closed: true, limit: RECENT_MAX }),
    dateOf: ({ openedAt }: SessionRegister) => dayOf(openedAt.unixMs),
  });
}

function makeBanners(facts: ViewFacts, sure: boolean): Banner[] {
  const banners: Banner[] = [];
  const add = (code: string, level: Banner["level"], text: string) =>
    banners.push({ code, level, text });
  if (!facts.register.writable) {
    add("read-only", "error", "机器存不上记录。请用纸质签到，并打电话报修。");
  }
  if (facts.register.isSpaceLow) {
    add("space-low", "attention", "机器快存满了，今天这一场记得完。请尽快报告县里清理。");
  }
  if (facts.register.isCopyAway) {
    add("copy-lost", "attention", "记录少了一份备份，照常上课。请把备份盘插好，或报告县里。");
  }
  if (facts.filmTrouble !== null) add("film", "attention", facts.filmTrouble);
  if (facts.register.damage.length > 0) {
    add("damage", "attention", "以前的记录有损坏，已经保护起来，不影响今天。请报告县里。");
  }
  if (!sure) add("clock", "info", "时间未确认");
  if (facts.link.connected === false) {
    add("offline", "info", "没连上网，不影响播放。记录先存着，连上再传。");
  }
  return banners;
}

function countyDay(unixMs: number | null, utcOffsetMinutes: number): string | null {
  return unixMs === null ? null : countyDate(unixMs, utcOffsetMinutes);
}

/** Only on the day itself: what came the night before last is no news. */
function newsBanner(news: RefreshNews | null, today: string | null): Banner[] {
  if (news === null || today === null || news.on !== today || news.added === 0) return [];
  const when = news.mode === "night" ? "昨晚" : "今天";
  return [{ code: "news", level: "info", text: `${when}更新了 ${news.added} 个片子` }];
}

/** @param pages how many pages are connected: with none, nobody can see anything */
export function makeScreenState(live: LiveSession | null, pages: number): ScreenState {
  const nothing = { session: null, stage: null, title: null, atMs: null };
  if (live === null || !isOnScreen(live)) {
    return { screen: pages === 0 ? "no-page" : "home", ...nothing };
  }
  const stage = stageOf(live.state);
  const screen = live.state.ended === null ? "session" : "closed";
  return {
    screen: pages === 0 ? "no-page" : screen,
    session: live.state.id,
    stage: stage.name,
    title: live.title,
    atMs: stage.kind === "watch" ? Math.round(live.film.atMs) : null,
  };
}
