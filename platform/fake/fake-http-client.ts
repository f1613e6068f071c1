import type { HttpAnswer, HttpClient, HttpGet } from "../ports/http-client.ts";

/** `HttpClient` over a table of URLs; whatever is not in it cannot be reached. */
export class FakeHttpClient implements HttpClient {
  readonly answers = new Map<string, HttpAnswer>();
  readonly asked: HttpGet[] = [];

  get(request: HttpGet): Promise<HttpAnswer> {
    this.asked.push(request);
    const answer = this.answers.get(request.url) ?? { kind: "failed", why: "unreachable" };
    if (answer.kind === "ok" && answer.bytes.length > request.maxBytes) {
      return Promise.resolve({ kind: "failed", why: "too-large" });
    }
    return Promise.resolve(answer);
  }
}
