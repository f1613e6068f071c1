/** The settings as they look. Pure. */
import type { MachineState } from "../../../../protocol/page-api.ts";
import { button, menu, text } from "../../parts/draw.ts";
import { stack } from "../../parts/stack.ts";
import type { Scene } from "../../scene/node.ts";
import type { RemoteKey } from "../../screen.ts";
import { COLOURS, SAFE, SIZES, type TextSizes } from "../../theme.ts";
import { ITEMS, type SettingsState } from "./settings.ts";
import { sizeScene } from "./size-look.ts";

const BODY = { top: 150, bottom: 930 } as const;

export interface SettingsLook {
  readonly state: SettingsState;
  readonly sizes: TextSizes;
  /** Null until it was told. */
  readonly machine: MachineState | null;
  readonly unknownKeys: readonly string[];
}

export function settingsScene(look: SettingsLook): Scene {
  switch (look.state.part) {
    case "list":
      return listScene(look);
    case "size":
      return sizeScene(look.state.size, look.sizes);
    case "eyes":
      return eyesScene(look);
    case "keys":
      return keysScene(look);
    case "sound":
      return lines(["听到“叮”的一声了吗?", "没听到,请把电视音量调大"], look);
    case "voice":
      return voiceScene(look);
    case "storage":
      return lines(storageWords(look.machine), look);
    case "about":
      return lines(aboutWords(look.machine), look);
  }
}

function listScene({ state, sizes }: SettingsLook): Scene {
  const w = (SAFE.width - 48) / 2;
  return [
    text({ y: 54, text: "设置", size: sizes.operator, bold: true }),
    ...ITEMS.flatMap(({ words }, index) =>
      button({
        x: SAFE.left + (index % 2) * (w + 48),
        y: 160 + Math.floor(index / 2) * 190,
        w,
        h: 156,
        text: `${index + 1}  ${words}`,
        size: sizes.audience,
        focused: index === state.focus,
      }),
    ),
  ];
}

/** Characters that are easily taken for one another: reading them is no guessing. */
const EYE_LINES = ["木本未末", "己已巳乙", "土士干千"];

function eyesScene({ sizes }: SettingsLook): Scene {
  const { huge, large, standard } = SIZES;
  const shown = [huge.audience, large.audience, standard.audience];
  return stack(
    [
      { text: "请最后一排的同志从上往下念", size: sizes.operator, colour: COLOURS.secondary },
      ...EYE_LINES.map((words, index) => ({ text: words, size: shown[index] ?? 64, bold: false })),
      { text: "哪一行念不出,就在“字的大小”里选大一号", size: sizes.operator, lines: 2 },
    ],
    BODY,
  );
}

const KEY_WORDS: Partial<Record<RemoteKey, string>> = {
  ok: "确定",
  back: "返回",
  up: "▲",
  down: "▼",
  left: "◀",
  right: "▶",
  menu: "菜单",
  play: "播放",
  "page-up": "上翻",
  "page-down": "下翻",
};

function keysScene({ state, sizes, unknownKeys }: SettingsLook): Scene {
  const last = state.pressed[state.pressed.length - 1];
  const named = last === undefined ? "—" : (KEY_WORDS[last] ?? last.replace("digit-", ""));
  const strange = unknownKeys.length === 0 ? "" : `不认识的键:${unknownKeys.join("  ")}`;
  return stack(
    [
      { text: "请按遥控器上的键", size: sizes.audience, colour: COLOURS.secondary },
      { text: named, size: sizes.mega, colour: COLOURS.focus, lineHeight: 1.2 },
      { text: "连按两次【返回】离开", size: sizes.operator },
      { text: strange, size: sizes.hint, lines: 2, bold: false, colour: COLOURS.attention },
    ],
    BODY,
  );
}

function voiceScene({ state, sizes }: SettingsLook): Scene {
  const items = ["要朗读", "不要朗读"];
  const focus = state.voice ? 0 : 1;
  return [
    ...stack(
      [
        { text: "屏幕上的提示,要不要念出来?", size: sizes.title, lines: 2 },
        { text: "片子的声音不变", size: sizes.audience, colour: COLOURS.secondary },
      ],
      { top: 100, bottom: 520 },
    ),
    ...menu({ items, focus, x: 460, y: 560, w: 1000, size: sizes.audience }),
  ];
}

const GIGA = 1e9;
const inGb = (bytes: number) => (bytes / GIGA).toFixed(1);

function storageWords(machine: MachineState | null): string[] {
  if (machine === null) return ["正在读取……"];
  const { lessons, disk } = machine;
  const room =
    disk === null
      ? "磁盘没有回答"
      : `磁盘还剩 ${inGb(disk.freeBytes)} GB,共 ${inGb(disk.totalBytes)} GB`;
  return [
    `片子 ${lessons.total} 个,能放的 ${lessons.ready} 个`,
    `片子占 ${inGb(lessons.bytes)} GB`,
    room,
    `登记记录 ${machine.recordCount} 条`,
  ];
}

const LINK_WORDS = {
  true: "已连上县里",
  false: "没连上网,不影响播放",
  null: "还没有开通",
} as const;

function aboutWords(machine: MachineState | null): string[] {
  if (machine === null) return ["正在读取……"];
  const { connected, software, boxId, damage } = machine;
  return [
    LINK_WORDS[String(connected) as keyof typeof LINK_WORDS],
    `本机编号 ${boxId}`,
    `版本 ${software}`,
    damage.length === 0 ? "记录完好 ✔" : `记录有 ${damage.length} 处损坏,请告诉县里`,
  ];
}

function lines(words: readonly string[], { sizes }: SettingsLook): Scene {
  const shown = words.map((line) => ({ text: line, size: sizes.audience, lines: 2 }));
  return stack(shown, BODY);
}
