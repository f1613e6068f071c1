/** The settings as they look. Pure. */
import { button, menu, text } from "../../parts/draw.ts";
import { fit } from "../../parts/measure.ts";
import { stack } from "../../parts/stack.ts";
import type { Scene } from "../../scene/node.ts";
import type { RemoteKey } from "../../screen.ts";
import { COLOURS, HINT_BAR, SAFE, SIZES, type TextSizes } from "../../theme.ts";
import { ITEM_COLUMNS, ITEMS, type SettingsState } from "./settings.ts";
import { sizeScene } from "./size-look.ts";

const BODY = { top: 150, bottom: 930 } as const;

export interface SettingsLook {
  readonly state: SettingsState;
  readonly sizes: TextSizes;
  readonly unknownKeys: readonly string[];
}

export function settingsScene(look: SettingsLook): Scene {
  switch (look.state.part) {
    case "list":
      return listScene(look);
    case "size":
      return sizeScene(look.state.size, look.sizes);
    case "contrast":
      return contrastScene(look);
    case "eyes":
      return eyesScene(look);
    case "frame":
      return frameScene(look.sizes);
    case "keys":
      return keysScene(look);
    case "sound":
      return soundScene(look);
  }
}

const CELL_GAP = 48;

function listScene({ state, sizes }: SettingsLook): Scene {
  const w = (SAFE.width - CELL_GAP * (ITEM_COLUMNS - 1)) / ITEM_COLUMNS;
  return [
    text({ y: 54, text: "设置", size: sizes.operator, bold: true }),
    ...ITEMS.flatMap(({ words }, index) =>
      button({
        x: SAFE.left + (index % ITEM_COLUMNS) * (w + CELL_GAP),
        y: 170 + Math.floor(index / ITEM_COLUMNS) * 260,
        w,
        h: 200,
        text: `${index + 1} ${words}`,
        size: fit(`${index + 1} ${words}`, { from: sizes.audience, least: 64, lines: 1, w: w - 40 })
          .size,
        focused: index === state.focus,
        tight: true,
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
      { text: "哪一行念不出，就在“字的大小”里选大一号", size: sizes.operator, lines: 2 },
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
  const strange = unknownKeys.length === 0 ? "" : `不认识的键：${unknownKeys.join("  ")}`;
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

interface Choice {
  readonly said: readonly [question: string, more: string];
  readonly items: readonly [string, string];
  readonly focus: number;
}

function choiceScene({ said: [question, more], items, focus }: Choice, sizes: TextSizes): Scene {
  return [
    ...stack(
      [
        { text: question, size: sizes.title, lines: 2 },
        { text: more, size: sizes.audience, lines: 2, colour: COLOURS.secondary },
      ],
      { top: 100, bottom: 520 },
    ),
    ...menu({ items, focus, x: 360, y: 560, w: 1200, size: sizes.audience }),
  ];
}

function soundScene({ state, sizes }: SettingsLook): Scene {
  const said = [
    "屏幕上的提示，要不要念出来？",
    "没听到“叮”的一声，请把电视音量调大，按【▶】再响一次",
  ] as const;
  const focus = state.voice ? 0 : 1;
  return choiceScene({ said, items: ["要朗读", "不要朗读"], focus }, sizes);
}

function contrastScene({ state, sizes }: SettingsLook): Scene {
  const said = ["屏幕上的字，看得清吗？", "看不清的，选黑底白字"] as const;
  const focus = state.contrast === "high" ? 1 : 0;
  return choiceScene({ said, items: ["看得清，照旧", "黑底白字"], focus }, sizes);
}

/** How far an old set may cut each edge off: what must be read lies within. */
const ARROW = 64;

function frameScene(sizes: TextSizes): Scene {
  const { left, right, top, bottom } = SAFE;
  const middle = (left + right) / 2;
  const at = (words: string, x: number, y: number) =>
    text({ x, w: ARROW, y, text: words, size: ARROW, lineHeight: ARROW, align: "center" });
  return [
    { kind: "frame", x: left, y: top, w: SAFE.width, h: bottom - top, ...FRAME },
    at("▲", middle - ARROW / 2, top + 12),
    at("▼", middle - ARROW / 2, HINT_BAR.top - ARROW - 12),
    at("◀", left + 12, 500),
    at("▶", right - ARROW - 12, 500),
    ...stack(
      [
        { text: "四个箭头都看得到吗？", size: sizes.title, lines: 2 },
        {
          text: "看不全：在电视的设置里，把画面比例选成“点对点”或“全屏”",
          size: sizes.operator,
          lines: 2,
        },
      ],
      { top: 200, bottom: 860, x: left + 120, w: SAFE.width - 240 },
    ),
  ];
}

const FRAME = { colour: COLOURS.attention, width: 4, radius: 0 } as const;
