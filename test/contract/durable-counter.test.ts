import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FakeDurableCounter } from "../../platform/fake/fake-durable-counter.ts";
import { NodeDurableCounter } from "../../platform/node/node-durable-counter.ts";
import type { DurableCounter } from "../../platform/ports/durable-counter.ts";

const folder = mkdtempSync(join(tmpdir(), "one-room-counter-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Opened {
  readonly counter: DurableCounter;
  reopen(): DurableCounter;
}

const ADAPTERS: Record<string, () => Opened> = {
  FakeDurableCounter() {
    const counter = new FakeDurableCounter();
    return { counter, reopen: () => counter.reopen() };
  },
  NodeDurableCounter() {
    const path = join(folder, `counter-${Math.random()}`);
    return { counter: new NodeDurableCounter(path), reopen: () => new NodeDurableCounter(path) };
  },
};

describe.each(Object.entries(ADAPTERS))("%s", (_name, open) => {
  test("N1: every answer is greater than all before it, also when asked at once", async () => {
    const { counter } = open();
    const answers = await Promise.all([counter.next(), counter.next(), counter.next()]);
    expect(answers).toEqual([1, 2, 3]);
  });

  test("N2: after a restart it goes on after the last answer", async () => {
    const { counter, reopen } = open();
    await counter.next();
    const last = await counter.next();
    expect(await reopen().next()).toBeGreaterThan(last);
  });
});

test("a rotten counter file does not stop the box", async () => {
  const path = join(folder, "rotten");
  writeFileSync(path, "\0\0\0\0");
  expect(await new NodeDurableCounter(path).next()).toBe(1);
});

test("a counter that could not write gives out no number twice", async () => {
  const counter = new FakeDurableCounter();
  counter.failures = 1;
  await expect(counter.next()).rejects.toThrow("no-space");
  expect(await counter.next()).toBe(1);
});
