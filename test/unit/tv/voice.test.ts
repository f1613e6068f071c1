/**
 * Goal: what is on the screen is said aloud, once, never over a film that runs, and not at all when
 * nobody wants it. Method: the speaker alone, the page over a real room, and the build's maker.
 */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { AudioVoice } from "../../../src/tv/voice/audio-voice.ts";
import { SENTENCES, sentencePath } from "../../../src/tv/voice/sentences.ts";
import { Speaker, sentence } from "../../../src/tv/voice/speaker.ts";
import { makeVoice, SPEAK } from "../../../src/tv/voice.config.ts";
import { pastDay } from "../../support/past-day.ts";
import { studyDay } from "../../support/study-day.ts";

function speaker(known: readonly string[] = Object.keys(SENTENCES)) {
  const said: string[] = [];
  const one = new Speaker({ say: (url) => said.push(url), stop: () => said.push("stop") });
  one.know(known);
  return { one, said };
}

test("V1, V3: what comes next ends what is being said, and so does silence", () => {
  const { one, said } = speaker();
  one.hear(sentence("hands"), true);
  one.hear({ kind: "file", url: "/l/rice/1/audio/a.opus" }, true);
  one.hear(null, true);
  expect(said).toEqual(["voice/hands.ogg", "stop", "/l/rice/1/audio/a.opus", "stop"]);
});

test("V2: the same thing is said once for as long as it stands, and again when it comes back", () => {
  const { one, said } = speaker();
  for (let frame = 0; frame < 50; frame += 1) one.hear(sentence("cue"), true);
  one.hear(null, true);
  one.hear(sentence("cue"), true);
  expect(said).toEqual(["voice/cue.ogg", "stop", "voice/cue.ogg"]);
});

test("V4: switched off it says nothing, and stops in the middle", () => {
  const { one, said } = speaker();
  one.hear(sentence("cue"), true);
  one.hear(sentence("cue"), false);
  one.hear(sentence("hands"), false);
  expect(said).toEqual(["voice/cue.ogg", "stop"]);
});

test("V5: a build without an engine is silent, and narrations of lessons are still heard", () => {
  const { one, said } = speaker([]);
  one.hear(sentence("cue"), true);
  one.hear({ kind: "file", url: "/l/rice/1/audio/a.opus" }, true);
  expect(said).toEqual(["/l/rice/1/audio/a.opus"]);
});

test("a film goes down while a prompt speaks and comes back after, whatever ends it", () => {
  const listeners = new Map<string, () => void>();
  const audio = {
    src: "",
    addEventListener: (name: string, act: () => void) => listeners.set(name, act),
    play: () => Promise.resolve(),
    pause: () => {},
  };
  for (const over of ["ended", "error", "pause"]) {
    const film = { volume: 1 };
    const voice = new AudioVoice(audio as unknown as HTMLAudioElement, film);
    voice.say("voice/cue.ogg");
    expect(film.volume).toBeLessThan(0.5);
    listeners.get(over)?.();
    expect(film.volume, over).toBe(1);
    voice.say("voice/cue.ogg");
    voice.stop();
    expect(film.volume).toBe(1);
  }
});

test("a whole session is spoken, step by step, and never over a film that runs", async () => {
  const tv = await studyDay({ members: 2 });
  const heard: string[] = [];
  for (let count = 0; count < 60 && !(heard.length > 3 && tv.place === "home"); count += 1) {
    const before = tv.said.length;
    const isRunning = tv.place === "film" && tv.view.session?.explaining === null;
    if (isRunning) await tv.wait(5000);
    else await tv.press("ok");
    const now = tv.said.slice(before).filter((one) => one !== "stop");
    heard.push(...now);
  }
  const ids = [
    "signin-call",
    "signin-heads",
    "signin-done",
    "hint",
    "cue",
    "discuss-think",
  ] as const;
  for (const id of ids) expect(heard).toContain(sentencePath(id));
  for (const id of ["discuss-pairs", "hands", "practise", "closing", "closed"] as const) {
    expect(heard).toContain(sentencePath(id));
  }
});

test("a narration of the lesson is said in place of the page's own sentence", async () => {
  const tv = await studyDay({
    members: 1,
    prepare: async (fake) => {
      const rice = fake.library.lessons.get("rice");
      const card = { text: "先看叶，再看穗", narration: "audio/h1.opus" };
      if (rice !== undefined)
        fake.library.lessons.set("rice", { ...rice, hint: { cards: [card] } });
    },
  });
  await tv.press("ok", "ok", "ok", "ok", "ok");
  await tv.pressUntil("ok", 4, ({ place }) => place === "hint");
  expect(tv.said[tv.said.length - 1]).toBe("/l/rice/1/audio/h1.opus");
});

test("朗读 is switched off in the settings, and stays off", async () => {
  const tv = await pastDay();
  expect(tv.said).toEqual(["voice/home-today.ogg"]);
  await tv.press("left", "ok", "digit-6", "down", "ok", "back");
  const before = tv.said.length;
  expect(tv.view.site.voice).toBe(false);
  await tv.press("up", "up", "up", "up", "up", "ok");
  expect(tv.place).toBe("signin");
  expect(tv.said.slice(before)).toEqual([]);
});

test("a machine without an engine builds a page without a voice", () => {
  const { PATH } = process.env;
  process.env["PATH"] = "/nowhere";
  try {
    expect(makeVoice()).toEqual([]);
  } finally {
    process.env["PATH"] = PATH;
  }
});

test("every sentence is spoken as Mandarin, a syllable a character, and none is spelled in English", () => {
  const ask = ["-x", "-q", ...SPEAK.slice(0, 2)];
  for (const [id, words] of Object.entries(SENTENCES)) {
    const { error, stdout } = spawnSync("espeak-ng", [...ask, words], { encoding: "utf8" });
    // A machine without the engine builds a silent page: see above.
    if (error !== undefined) return;
    expect(stdout, id).not.toContain("(en)");
    const syllables = stdout.split("_|").filter((part) => part.trim() !== "").length;
    const characters = [...words].filter((character) => /\p{Script=Han}/u.test(character)).length;
    expect(syllables, id).toBe(characters);
  }
});

test("sentences are short, plain, and say no key in brackets", () => {
  for (const [id, words] of Object.entries(SENTENCES)) {
    expect(words, id).not.toMatch(/[【】A-Za-z0-9]/);
    expect([...words].length, id).toBeLessThanOrEqual(30);
  }
});
