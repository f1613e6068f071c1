/** 通知: written by the county's staff, told to rooms, and what came of each. */
import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { isNotice } from "../../../protocol/generated/validators.js";
import { dayText } from "../../../protocol/instant.ts";
import { letterId } from "../../../protocol/letter-id.ts";
import type {
  NewNoticeRequest,
  NoticeAudience,
  NoticeLine,
  NoticeRoom,
} from "../../../protocol/notice-api.ts";
import {
  addNotice,
  listNotices,
  roomsOfNotice,
  tellNotices,
  withdrawNotice,
} from "../store/notice-store.ts";
import { audit } from "../store/user-store.ts";
import { ApiProblem, badRequest, isPlainText } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";
import { demand } from "./schema-text.ts";

const ID = /^[a-z2-7]{12}$/;
const ID_LENGTH = 12;
/** Longer is no notice any more, but a rule: it belongs on paper. */
const DAYS_MAX = 366;
const DAY_MS = 86_400_000;

interface NoticeRequest {
  Params: { id: string };
}

export function registerNotices(app: FastifyInstance, context: ApiContext): void {
  const { database, clock } = context;
  app.get("/api/notices", (): Promise<NoticeLine[]> => listNotices(database, todayOf(context)));
  app.get<NoticeRequest>("/api/notices/:id/rooms", (request): Promise<NoticeRoom[]> => {
    return roomsOfNotice(database, noticeIdOf(request.params.id));
  });
  app.post("/api/notices", async (request) => {
    const { notice, audience } = noticeOf(request.body, todayOf(context));
    const by = request.me?.user ?? "-";
    const nowMs = clock.nowMs();
    const changed = await database.transaction(async (db) => {
      await addNotice(db, { ...notice, audience, by, nowMs });
      await audit(db, { who: by, act: "notice", subject: notice.id, nowMs });
      return tellNotices(db, { box: null, today: notice.on, nowMs });
    });
    await publish(context, changed);
    return { id: notice.id, rooms: changed.length };
  });
  app.post<NoticeRequest>("/api/notices/:id/withdraw", async (request, reply) => {
    const id = noticeIdOf(request.params.id);
    const who = request.me?.user ?? "-";
    const nowMs = clock.nowMs();
    const changed = await database.transaction(async (db) => {
      if (!(await withdrawNotice(db, id, nowMs))) throw noSuchNotice();
      await audit(db, { who, act: "notice-withdrawn", subject: id, nowMs });
      return tellNotices(db, { box: null, today: todayOf(context), nowMs });
    });
    await publish(context, changed);
    reply.code(204);
  });
}

/** The county's day. */
export function todayOf({ clock, utcOffsetMinutes }: ApiContext): string {
  return dayText(clock.nowMs(), utcOffsetMinutes);
}

async function publish(context: ApiContext, boxes: readonly string[]): Promise<void> {
  for (const box of boxes) {
    await context.publishConfig(box);
    context.events.boxChanged(box);
  }
}

const noSuchNotice = () => new ApiProblem(404, "no-such-notice", "没有这条通知，或已经收回了。");

function noticeIdOf(text: string): string {
  if (!ID.test(text)) throw noSuchNotice();
  return text;
}

function noticeOf(body: unknown, today: string) {
  const { title, text, from, until, audience } = (body ?? {}) as Partial<
    Record<keyof NewNoticeRequest, unknown>
  >;
  if (!isShort(title, 28)) throw badRequest("请写标题，最多 28 个字。");
  if (!isText(text)) throw badRequest("请写内容，最多 500 个字。");
  if (!isShort(from, 20)) throw badRequest("请写是谁发的，最多 20 个字。");
  const latest = dayText(Date.parse(`${today}T00:00:00Z`) + DAYS_MAX * DAY_MS, 0);
  if (!isDay(until) || until < today || until > latest) {
    throw badRequest("请写有效到哪一天：今天或以后，一年以内。");
  }
  const notice = {
    id: letterId(randomBytes(ID_LENGTH)),
    title: title.trim(),
    text: text.trim(),
    from: from.trim(),
    on: today,
    until,
  };
  return { notice: demand(isNotice, notice, "通知"), audience: audienceOf(audience) };
}

function isShort(value: unknown, max: number): value is string {
  return typeof value === "string" && isPlainText(value) && value.trim().length <= max;
}

/** Lines, and nothing else that cannot be seen. */
function isText(value: unknown): value is string {
  if (typeof value !== "string" || value.trim().length > 500) return false;
  return isPlainText(value.replaceAll("\n", " "));
}

function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** More than a county has of either. */
const CHOSEN_MAX = 5000;

function audienceOf(value: unknown): NoticeAudience {
  const { kind, places, boxes } = (value ?? {}) as Record<string, unknown>;
  if (kind === "all") return { kind };
  if (kind === "places" && isChoice(places)) return { kind, places };
  if (kind === "boxes" && isChoice(boxes)) return { kind, boxes };
  throw badRequest("请选发给谁：全县、哪些地方，或哪些收看室。");
}

function isChoice(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > CHOSEN_MAX) return false;
  return value.every((one) => typeof one === "string" && one.length <= 40);
}
