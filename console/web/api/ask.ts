/** One question to the server: its answer, or a failure that says in words what to do. */
import type { ApiError } from "../../../protocol/console-api.ts";
import { nowMs } from "../clock.ts";
import { noteConnection } from "./connection.ts";

/** A server of the same county answers within a second; ten mean that nobody is there. */
const PATIENCE_MS = 10_000;

export class AskFailure extends Error {
  override readonly name = "AskFailure";
  readonly code: string;
  /** HTTP status; 0: there was no answer. */
  readonly status: number;

  constructor({ code, text, status }: ApiError & { readonly status: number }) {
    super(text);
    this.code = code;
    this.status = status;
  }
}

const UNREACHABLE = "连不上县控制台的服务器。请检查网络；服务器没开的话，请联系管理员。";
const NOT_OURS = "服务器的回答看不懂，可能正在升级。请过一会儿再试。";

/** @throws AskFailure */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await send(path, init);
  noteConnection({ reachable: true, answeredAtMs: nowMs() });
  if (answer.status === 204) return undefined as T;
  const body = await readJson(answer);
  if (answer.ok) return body as T;
  throw new AskFailure({ ...toApiError(body), status: answer.status });
}

export function askWith<T>(method: "POST" | "PUT", path: string, body: unknown): Promise<T> {
  return ask<T>(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    // Relative, so that the console may stand behind any folder of a larger site.
    return await fetch(`api/${path}`, { credentials: "same-origin", ...init, signal });
  } catch {
    noteConnection({ reachable: false });
    throw new AskFailure({ code: "unreachable", text: UNREACHABLE, status: 0 });
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    // A proxy's page instead of ours, or an answer that was cut.
    throw new AskFailure({ code: "not-json", text: NOT_OURS, status: answer.status });
  }
}

function toApiError(body: unknown): ApiError {
  const { code, text } = (body ?? {}) as Partial<ApiError>;
  return { code: code ?? "failed", text: text ?? NOT_OURS };
}
