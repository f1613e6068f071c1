import { beforeEach, describe, expect, it } from "vitest";
import type { PageMessage, View } from "../../../protocol/generated/types.ts";
import { ServiceLink, type Socket } from "../../../src/tv/link/service-link.ts";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  readonly sent: PageMessage[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as PageMessage);
  }
  close(): void {
    this.closed = true;
  }
  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const VIEW = { rev: 1 } as View;
let sockets: FakeSocket[];
let timers: { readonly act: () => void; readonly ms: number; off: boolean }[];
let lost: boolean[];
let views: View[];
let link: ServiceLink;

/** Runs the newest timer of that length. */
function pass(ms: number): void {
  const timer = [...timers].reverse().find((one) => one.ms === ms && !one.off);
  if (timer === undefined) throw new Error(`no timer of ${ms} ms`);
  timer.off = true;
  timer.act();
}

const socket = (index: number): FakeSocket => {
  const one = sockets[index];
  if (one === undefined) throw new Error(`no socket ${index}`);
  return one;
};

beforeEach(() => {
  [sockets, timers, lost, views] = [[], [], [], []];
  let ids = 0;
  link = new ServiceLink({
    connect: () => {
      sockets.push(new FakeSocket());
      return socket(sockets.length - 1);
    },
    newId: () => {
      ids += 1;
      return `intent-${ids}`;
    },
    onView: (view) => views.push(view),
    onLost: (is) => lost.push(is),
    setTimer: (act, ms) => {
      const timer = { act, ms, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
  });
  link.start();
});

describe("the page's link to the service", () => {
  it("sends an unanswered intent again with the same id after a reconnect", async () => {
    socket(0).onopen?.();
    const answer = link.send({ kind: "pause" });
    socket(0).onclose?.();
    pass(250);
    socket(1).onopen?.();
    expect(socket(1).sent).toEqual(socket(0).sent);
    socket(1).say({ kind: "answer", id: "intent-1", ok: true });
    expect(await answer).toEqual({ ok: true });
  });

  it("does not send an answered intent again", async () => {
    socket(0).onopen?.();
    const answer = link.send({ kind: "pause" });
    socket(0).say({ kind: "answer", id: "intent-1", ok: true });
    await answer;
    socket(0).onclose?.();
    pass(250);
    socket(1).onopen?.();
    expect(socket(1).sent).toEqual([]);
  });

  it("says lost after two seconds of silence, and back only with a view", () => {
    socket(0).onopen?.();
    socket(0).say({ kind: "view", rev: 1, view: VIEW });
    pass(2000);
    pass(100);
    expect(lost).toEqual([true]);
    expect(socket(0).closed).toBe(true);
    pass(250);
    socket(1).onopen?.();
    expect(lost).toEqual([true]);
    socket(1).say({ kind: "view", rev: 2, view: VIEW });
    expect(lost).toEqual([true, false]);
    expect(views).toHaveLength(2);
  });

  it("hears first what was said while the page was too busy to listen", () => {
    socket(0).onopen?.();
    pass(2000);
    socket(0).say({ kind: "beat" });
    expect(() => pass(100)).toThrow();
    expect(lost).toEqual([]);
    expect(socket(0).closed).toBe(false);
  });

  it("waits longer between tries, but never more than two seconds", () => {
    for (const ms of [250, 500, 1000, 2000, 2000]) {
      socket(sockets.length - 1).onclose?.();
      const waits = timers.filter(({ off }) => !off).map((timer) => timer.ms);
      expect(waits).toEqual([ms]);
      pass(ms);
      timers = timers.filter(({ off }) => !off);
    }
  });

  it("tells why an intent was refused", async () => {
    socket(0).onopen?.();
    const answer = link.send({ kind: "close" });
    const error = { code: "unmarked", text: "还有人没有登记。" };
    socket(0).say({ kind: "answer", id: "intent-1", ok: false, error });
    expect(await answer).toEqual({ ok: false, error });
  });
});
