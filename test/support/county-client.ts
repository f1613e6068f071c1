/** A clerk's browser without a browser: logs in, and asks until the county has heard. */
import type { DemoFacts } from "../../cli/demo/start-demo.ts";

export interface CountyClient {
  get<T>(path: string): Promise<T>;
  /** Asks again until the answer fits; fails with the last one. */
  until<T>(path: string, fits: (answer: T) => boolean): Promise<T>;
}

const WAIT_MS = 30_000;
const ASK_EVERY_MS = 200;

export async function logIn(facts: DemoFacts): Promise<CountyClient> {
  const answer = await fetch(new URL("/api/login", facts.console), {
    method: "POST",
    headers: { "content-type": "application/json", origin: facts.console },
    body: JSON.stringify({ user: facts.consoleUser, password: facts.consolePassword }),
  });
  if (!answer.ok) throw new Error(`login: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(new URL(path, facts.console), { headers: { cookie } })).json()) as T;
  return {
    get,
    async until<T>(path: string, fits: (answer: T) => boolean) {
      const deadline = performance.now() + WAIT_MS;
      let last = await get<T>(path);
      while (!fits(last) && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
        last = await get<T>(path);
      }
      if (!fits(last)) throw new Error(`the county still says ${JSON.stringify(last)}`);
      return last;
    },
  };
}
