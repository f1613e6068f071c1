/**
 * A request that cannot be done as asked: an HTTP status, a code for programs, words for people.
 */
import type { ApiError } from "../../../protocol/console-api.ts";
import { isBoxIdText } from "../../../protocol/county-topics.ts";

export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly body: ApiError;

  constructor(status: number, code: string, text: string) {
    super(text);
    this.status = status;
    this.body = { code, text };
  }
}

export const notLoggedIn = () => new ApiProblem(401, "not-logged-in", "请先登录。");
export const notAllowed = () => new ApiProblem(403, "not-allowed", "您的账号没有这个权限。");
export const noSuchBox = () => new ApiProblem(404, "no-such-box", "没有这台播放盒。");
export const noSuchPage = () => new ApiProblem(404, "not-found", "没有这个地址。");
export const badRequest = (text: string) => new ApiProblem(400, "bad-request", text);

/** A text for people: something to see, and nothing that ends or hides a line. */
export function isPlainText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  return text.trim() !== "" && !/[\u0000-\u001f\u007f]/.test(text);
}

/** @throws ApiProblem 404: what cannot be a box's id is no box's */
export function boxIdOf(text: string): string {
  if (!isBoxIdText(text)) throw noSuchBox();
  return text;
}
