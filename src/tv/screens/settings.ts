/** Settings and diagnostics: for the installer, and for whoever is on the telephone. */
import { ground } from "../parts/draw.ts";
import { perform } from "../parts/turn.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { beginSettings, pressSettings, type SettingsState } from "./settings/settings.ts";
import { settingsScene } from "./settings/settings-look.ts";

export class SettingsScreen implements Screen {
  readonly name = "settings";
  readonly #context: ScreenContext;
  #state: SettingsState;

  constructor(context: ScreenContext) {
    this.#context = context;
    const { screen, voice = true, contrast = "normal" } = context.view().site;
    this.#state = beginSettings({ screen, voice, contrast });
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const unknownKeys = this.#context.unknownKeys();
    return [ground, ...settingsScene({ state: this.#state, sizes, unknownKeys })];
  }

  hints(): KeyHint[] {
    switch (this.#state.part) {
      case "list":
        return [
          { key: "确定", text: "打开" },
          { key: "▲▼◀▶", text: "移动" },
          { key: "返回", text: "首页" },
        ];
      case "size":
        return [
          { key: "确定", text: "就这样" },
          { key: "▲▼", text: "移动" },
          { key: "◀▶", text: "改数字" },
          { key: "返回", text: "不改了" },
        ];
      case "sound":
        return [...CHOICE_HINTS, { key: "▶", text: "再响一次" }];
      case "contrast":
        return CHOICE_HINTS;
      case "keys":
        return [];
      default:
        return [
          { key: "确定", text: "好了" },
          { key: "返回", text: "设置" },
        ];
    }
  }

  onKey(key: RemoteKey): boolean {
    const before = this.#state.part;
    if (before === "sound" && key === "right") this.#context.chime();
    const turn = pressSettings(this.#state, key);
    if (turn === null) return key !== "back";
    this.#state = turn.state;
    if (this.#state.part === "sound" && before !== "sound") this.#context.chime();
    void perform(this.#context, turn);
    this.#context.redraw();
    return true;
  }
}

const CHOICE_HINTS: KeyHint[] = [
  { key: "确定", text: "就这样" },
  { key: "▲▼", text: "移动" },
  { key: "返回", text: "设置" },
];
