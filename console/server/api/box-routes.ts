/** Boxes: the list, one in detail, enrolment, and the documents that each is given. */
import { createHash, randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type {
  BoxDetail,
  BoxLine,
  EnrolAnswer,
  EnrolRequest,
  LessonUpload,
} from "../../../protocol/console-api.ts";
import { isBoxIdText } from "../../../protocol/county-topics.ts";
import { parseJson } from "../../../protocol/envelope.ts";
import { withoutErased } from "../../../protocol/erasures.ts";
import {
  isLessonManifest,
  isMaterial,
  isMethod,
  isPlan,
  isRoster,
} from "../../../protocol/generated/validators.js";
import { mosquittoHash } from "../broker/mosquitto-config.ts";
import { hashBoxPassword, newBoxPassword } from "../passwords.ts";
import { clearAlarms, lookedInto } from "../store/alarm-store.ts";
import { erasuresOf } from "../store/book-store.ts";
import { enrolBox, findBox, isBoxKnown, listBoxes, nextConfigVersion } from "../store/box-store.ts";
import {
  DOC_KINDS,
  type Doc,
  type DocKind,
  findRoster,
  putDoc,
  putLesson,
  putMethod,
} from "../store/doc-store.ts";
import { tellNotices } from "../store/notice-store.ts";
import { findSessions } from "../store/session-store.ts";
import { audit } from "../store/user-store.ts";
import {
  ApiProblem,
  badRequest,
  boxIdOf,
  isPlainText,
  noSuchBox,
  noSuchPage,
} from "./api-problem.ts";
import { demandAdmin } from "./auth.ts";
import type { ApiContext } from "./context.ts";
import { todayOf } from "./notice-routes.ts";
import { demand } from "./schema-text.ts";

/** Sessions shown with a box; all of them are in the list of sessions. */
const DETAIL_SESSIONS = 20;
const SALT_BYTES = 12;

export function registerBoxes(app: FastifyInstance, context: ApiContext): void {
  const { database, clock, lostDebounceMs } = context;
  const moment = () => ({ nowMs: clock.nowMs(), debounceMs: lostDebounceMs });
  app.get("/api/boxes", (): Promise<BoxLine[]> => listBoxes(database, moment()));
  app.get<{ Params: { id: string } }>("/api/boxes/:id", async (request): Promise<BoxDetail> => {
    const box = await findBox(database, boxIdOf(request.params.id), moment());
    if (box === null) throw noSuchBox();
    const roster = await findRoster(database, box.id);
    const query = { box: box.id, fromMs: null, toMs: null, before: null, limit: DETAIL_SESSIONS };
    const found = await findSessions(database, query);
    const active = roster?.members.filter(({ status }) => status === "active");
    const sessions = found.map(({ line }) => line);
    return { ...box, memberCount: active?.length ?? null, sessions };
  });
  app.post("/api/boxes", async (request): Promise<EnrolAnswer> => {
    const me = demandAdmin(request);
    const asked = enrolRequestOf(request.body);
    const answer = await enrol(context, asked);
    const line = { who: me.user, act: "enrol", subject: asked.box, nowMs: clock.nowMs() };
    await audit(database, line);
    return answer;
  });
  app.post<{ Params: { id: string } }>("/api/boxes/:id/looked", async (request, reply) => {
    const me = demandAdmin(request);
    const box = boxIdOf(request.params.id);
    if (!(await isBoxKnown(database, box))) throw noSuchBox();
    const nowMs = clock.nowMs();
    await database.transaction(async (db) => {
      await lookedInto(db, box, nowMs);
      await audit(db, { who: me.user, act: "looked", subject: box, nowMs });
    });
    context.events.boxChanged(box);
    reply.code(204);
  });
  registerDocs(app, context);
  registerLessons(app, context);
}

function enrolRequestOf(body: unknown): EnrolRequest {
  const { box, name, place } = (body ?? {}) as Partial<Record<keyof EnrolRequest, unknown>>;
  if (typeof box !== "string" || !isBoxIdText(box)) {
    throw badRequest("播放盒编号不对：应当是 10 到 26 个小写字母或数字。");
  }
  if (!isShortText(name)) throw badRequest("请写播放盒的名称，最多 40 个字。");
  if (!isShortText(place)) throw badRequest("请写播放盒所在的地方，最多 40 个字。");
  return { box, name, place };
}

function isShortText(value: unknown): value is string {
  return typeof value === "string" && isPlainText(value) && value.length <= 40;
}

async function enrol(
  context: ApiContext,
  { box, name, place }: EnrolRequest,
): Promise<EnrolAnswer> {
  const { database, clock, key, origin } = context;
  // What was published a moment ago counts: the box is to begin with it.
  await origin.look();
  const password = newBoxPassword();
  const passwordSha256 = hashBoxPassword(password);
  const hash = mosquittoHash(password, randomBytes(SALT_BYTES));
  await database.transaction(async (db) => {
    const nowMs = clock.nowMs();
    await enrolBox(db, { id: box, name, place, passwordSha256, mosquittoHash: hash, nowMs });
    await clearAlarms(db, box);
    await tellNotices(db, { box, today: todayOf(context), nowMs });
    await nextConfigVersion(db, box);
  });
  await context.onAccount(box, passwordSha256);
  await context.publishConfig(box);
  context.events.boxChanged(box);
  return {
    enrolment: {
      schema: "one-room.enrolment/1",
      box,
      password,
      broker: context.brokerUrl(),
      console: context.consoleUrl(),
      keys: [{ kid: key.kid, pem: key.publicPem }],
      seal: context.sealing.publicPem,
      ...(origin.root === null
        ? {}
        : { supply: { origin: context.originUrl(), root: origin.root.text } }),
    },
  };
}

const DOC_NAMES: Record<DocKind, string> = { roster: "名册", plan: "学习计划", method: "教学法" };

function checkDoc(kind: DocKind, body: unknown): Doc {
  if (kind === "roster") return demand(isRoster, body, DOC_NAMES.roster);
  if (kind === "plan") return demand(isPlan, body, DOC_NAMES.plan);
  return demand(isMethod, body, DOC_NAMES.method);
}

function registerDocs(app: FastifyInstance, context: ApiContext): void {
  const { database, clock } = context;
  app.put<{ Params: { id: string; kind: string } }>(
    "/api/boxes/:id/docs/:kind",
    async (request) => {
      const me = demandAdmin(request);
      const box = boxIdOf(request.params.id);
      const kind = DOC_KINDS.find((name) => name === request.params.kind);
      if (kind === undefined) throw noSuchPage();
      if (!(await isBoxKnown(database, box))) throw noSuchBox();
      const given = checkDoc(kind, request.body);
      // A name that was erased does not come back with a newer roster.
      const doc = isRoster(given) ? withoutErased(given, await erasuresOf(database, box)) : given;
      const body = JSON.stringify(doc);
      const sha256 = createHash("sha256").update(body).digest("hex");
      const { version } = doc;
      const nowMs = clock.nowMs();
      await database.transaction(async (db) => {
        await putDoc(db, { box, kind, version, sha256, body, nowMs });
        if (isMethod(doc)) await putMethod(db, { sha256, body, method: doc });
        await nextConfigVersion(db, box);
        await audit(db, { who: me.user, act: `put-${kind}`, subject: box, nowMs });
      });
      await context.publishConfig(box);
      context.events.boxChanged(box);
      return { version, sha256 };
    },
  );
}

function registerLessons(app: FastifyInstance, { database, clock }: ApiContext): void {
  app.put<{ Params: { sha256: string } }>("/api/lessons/:sha256", async (request, reply) => {
    demandAdmin(request);
    const { sha256 } = request.params;
    const { manifest: text, material: raw } = (request.body ?? {}) as Partial<LessonUpload>;
    if (typeof text !== "string") throw badRequest("少了课件清单（manifest）。");
    if (createHash("sha256").update(text).digest("hex") !== sha256) {
      throw new ApiProblem(422, "bad-hash", "课件清单和地址里的校验值对不上。");
    }
    const manifest = demand(isLessonManifest, parseJson(text)?.value, "课件清单");
    const material = demand(isMaterial, raw, "教学材料");
    await putLesson(database, {
      sha256,
      manifestText: text,
      manifest,
      material,
      nowMs: clock.nowMs(),
    });
    reply.code(204);
  });
}
