/** What the page does when it cannot go on, and that it comes back where it stood. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepPlaces, keptPlaces } from "../../../src/tv/place-memory.ts";
import { DELAYS_MS, type Memory, Recovery, WORDS } from "../../../src/tv/recovery.ts";
import type { Place } from "../../../src/tv/screen.ts";
import { ROOT } from "../../support/process.ts";

function fakeMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    read: (name) => kept.get(name) ?? null,
    write: (name, text) => void kept.set(name, text),
  };
}

/** One life of a page: how long it waited before it was loaded again, and what it said. */
function live(memory: Memory, { steady = false, troubles = 1 } = {}) {
  const said: string[] = [];
  const waits: number[] = [];
  const timers: (() => void)[] = [];
  let begun = false;
  const recovery = new Recovery({
    memory,
    say: (words) => said.push(words),
    reload: () => {},
    after: (ms, act) => {
      if (begun) waits.push(ms);
      else timers.push(act);
    },
  });
  if (steady) for (const act of timers) act();
  begun = true;
  for (let trouble = 0; trouble < troubles; trouble += 1) recovery.begin();
  return { said, waits };
}

test("trouble is said in one sentence, and the page is loaded again once", () => {
  expect(live(fakeMemory(), { troubles: 3 })).toEqual({ said: [WORDS], waits: [1000] });
});

test("what breaks again and again is tried less and less often", () => {
  const memory = fakeMemory();
  const waits = Array.from({ length: 6 }, () => live(memory).waits[0]);
  expect(waits).toEqual([...DELAYS_MS, 30_000, 30_000]);
});

test("after a minute that went well the next trouble is a new one", () => {
  const memory = fakeMemory();
  live(memory);
  live(memory);
  live(memory, { steady: true, troubles: 0 });
  expect(live(memory).waits).toEqual([1000]);
});

test("the places of the page are kept, and nothing that is no place is believed", () => {
  const memory = fakeMemory();
  const home: Place[] = [{ kind: "home" }];
  expect(keptPlaces(memory)).toEqual(home);
  const places: Place[] = [{ kind: "home" }, { kind: "library" }, { kind: "lesson", id: "rice" }];
  keepPlaces(memory, places);
  expect(keptPlaces(memory)).toEqual(places);
  for (const rotten of ["", "{", "null", "7", '[{"kind":7}]', '[{"kind":"late"}]', "[null]"]) {
    memory.write("one-room-places", rotten);
    expect(keptPlaces(memory), rotten).toEqual(home);
  }
});

test("nothing on the page moves: no transition and no animation is asked of the engine", () => {
  const files = readdirSync(join(ROOT, "src/tv"), { recursive: true, encoding: "utf8" });
  const moving = files.filter(
    (file) =>
      file.endsWith(".ts") &&
      /\b(transitions?|setSmooth|smooth|animation)\b *[:(]/.test(
        readFileSync(join(ROOT, "src/tv", file), "utf8"),
      ),
  );
  expect(moving).toEqual([]);
});
