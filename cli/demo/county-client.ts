/** What the demonstration asks of its own county, as an administrator's program would. */
import type { EnrolAnswer, EnrolRequest, LessonUpload } from "../../protocol/console-api.ts";
import type { NewNoticeRequest, NoticeLine } from "../../protocol/notice-api.ts";
import { ProgramFailed } from "./program.ts";

export interface CountyClient {
  enrol(request: EnrolRequest): Promise<EnrolAnswer>;
  putDocument(box: string, kind: "roster" | "plan" | "method", document: unknown): Promise<void>;
  putLesson(sha256: string, lesson: LessonUpload): Promise<void>;
  /** To all rooms, unless one still holds. */
  sendNotice(notice: NewNoticeRequest): Promise<void>;
  /** The box refreshes its lessons as soon as nobody uses it. */
  askRefresh(box: string): Promise<void>;
  /** Gives the user this password, and makes the user when there is none. */
  setPassword(user: string, name: string, password: string): Promise<void>;
}

export function openCountyClient(consoleUrl: string, adminToken: string): CountyClient {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const authorization = `Bearer ${adminToken}`;
    const json = { "content-type": "application/json" };
    const response = await fetch(new URL(path, consoleUrl), {
      method,
      headers: body === undefined ? { authorization } : { authorization, ...json },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new ProgramFailed(`县控制台不接受 ${path}：${response.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  return {
    enrol: async (request) => (await ask("POST", "/api/boxes", request)) as EnrolAnswer,
    async putDocument(box, kind, document) {
      await ask("PUT", `/api/boxes/${box}/docs/${kind}`, document);
    },
    async putLesson(sha256, lesson) {
      await ask("PUT", `/api/lessons/${sha256}`, lesson);
    },
    async sendNotice(notice) {
      const held = (await ask("GET", "/api/notices")) as readonly NoticeLine[];
      if (!held.some(({ state }) => state === "holds")) await ask("POST", "/api/notices", notice);
    },
    async askRefresh(box) {
      await ask("POST", `/api/boxes/${box}/refresh`, {});
    },
    async setPassword(user, name, password) {
      await ask("POST", `/api/users/${user}/password`, { name, role: "admin", password });
    },
  };
}
