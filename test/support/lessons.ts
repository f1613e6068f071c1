/** Lessons and methods for the tests of session and room. */
import type { LessonEntry, LessonLibrary, OpenedLesson } from "../../media-cache/library.ts";
import type { ExplainedIntent, Material, Method, Stage } from "../../protocol/generated/types.ts";

export const MATERIAL: Material = {
  schema: "one-room.material/1",
  hint: { cards: [{ text: "您家的稻子，得过稻瘟病吗？" }] },
  watch: {
    segments: [
      { fromMs: 0, title: "认病" },
      { fromMs: 60_000, title: "防病" },
    ],
  },
  explain: {
    cues: [
      { atMs: 20_000, speak: "问一问", text: "病斑是什么样子？" },
      { atMs: 20_400, speak: "讲一讲", text: "为什么怕阴雨？" },
      { atMs: 999_000, speak: "这一处在片子后面", text: "放不到" },
    ],
  },
  discuss: { topics: [{ id: "t1", text: "今年怎么防？", points: ["选种", "晒田"] }] },
  feedback: { questions: [{ id: "q1", text: "学会了吗？", options: ["学会了", "没有"] }] },
  practise: { tasks: [{ id: "p1", kind: "try", text: "回家看一看自家的田。" }] },
};

/** Nothing but the film. */
export const BARE_MATERIAL: Material = { schema: "one-room.material/1" };

function stage(id: string, kind: Stage["kind"], more: Partial<Stage> = {}): Stage {
  return { id, kind, name: id, counted: false, required: true, ...more };
}

function method(id: string, stages: Method["stages"]): Method {
  return { schema: "one-room.method/1", id, version: 1, name: id, stages };
}

export const PREPARE_METHOD = method("prepare-first", [
  stage("ready", "prepare"),
  stage("names", "signin"),
  stage("look", "watch"),
  stage("stop", "explain", { within: "look" }),
  stage("talk", "discuss"),
  stage("hands", "feedback"),
]);

export const LIVE_METHOD = method("live", [
  stage("ready", "prepare"),
  stage("relay", "live"),
  stage("sum", "summary"),
]);

const SUM = "ab".repeat(32);

export function makeEntry(id: string, version = 1): LessonEntry {
  const hls = "video/index.m3u8";
  return {
    manifest: {
      schema: "one-room.lesson/1",
      id,
      version,
      title: `课 ${id}`,
      category: "农技",
      durationMs: 120_000,
      minPlayer: "0.1.0",
      number: "0001",
      entry: { hls, material: "material.json" },
      files: [
        { path: "material.json", tier: "browse", bytes: 1, sha256: SUM, type: "application/json" },
      ],
      bytes: { browse: 1, play: 1 },
    },
    sha256: SUM,
    isSupplied: false,
    state: "ready",
  };
}

export class FakeLibrary implements LessonLibrary {
  readonly lessons = new Map<string, Material>();
  readonly damaged = new Set<string>();
  readonly reports: string[] = [];

  list(): LessonEntry[] {
    return [...this.lessons.keys()].map((id) => makeEntry(id));
  }

  find(id: string): LessonEntry | undefined {
    return this.lessons.has(id) ? makeEntry(id) : undefined;
  }

  open(id: string): Promise<OpenedLesson> {
    const material = this.lessons.get(id);
    if (material === undefined || this.damaged.has(id)) {
      return Promise.resolve({ ok: false, code: "damaged", text: "这个片子坏了，正在修。" });
    }
    return Promise.resolve({ ok: true, entry: makeEntry(id), material });
  }

  locate(): null {
    return null;
  }

  reportDamage(id: string, _version: number, path: string): Promise<void> {
    this.reports.push(`${id}:${path}`);
    return Promise.resolve();
  }

  usage() {
    return { lessons: this.lessons.size, ready: this.lessons.size, bytes: 0 };
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }
}

/** The broadcaster has explained, and the film goes on. */
export function explained(cue: number, next: ExplainedIntent["then"] = "go-on"): ExplainedIntent {
  // biome-ignore lint/suspicious/noThenProperty: the protocol's own word; never awaited.
  return { kind: "explained", cue, then: next };
}
