/** Settings and diagnostics: for the installer, and for whoever is on the telephone. */
import type { MachineState } from "../../../protocol/page-api.ts";
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
  #machine: MachineState | null = null;

  constructor(context: ScreenContext) {
    this.#context = context;
    const { screen, voice = true } = context.view().site;
    this.#state = beginSettings({ screen, voice });
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#machine = await this.#context.fetchJson<MachineState>("/api/machine");
    this.#context.redraw();
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const unknownKeys = this.#context.unknownKeys();
    const look = { state: this.#state, sizes, machine: this.#machine, unknownKeys };
    return [ground, ...settingsScene(look)];
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
      case "voice":
        return [
          { key: "确定", text: "就这样" },
          { key: "▲▼", text: "移动" },
          { key: "返回", text: "设置" },
        ];
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
    const turn = pressSettings(this.#state, key);
    if (turn === null) return key !== "back";
    this.#state = turn.state;
    if (this.#state.part === "sound" && before !== "sound") this.#context.chime();
    void perform(this.#context, turn);
    this.#context.redraw();
    return true;
  }
}
