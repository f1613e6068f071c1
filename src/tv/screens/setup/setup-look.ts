/** The first set-up as it looks. Pure. */
import { button, text } from "../../parts/draw.ts";
import { qrCode } from "../../parts/qr.ts";
import { type Block, stack } from "../../parts/stack.ts";
import { foursOf } from "../../parts/words.ts";
import type { Scene } from "../../scene/node.ts";
import type { KeyHint } from "../../screen.ts";
import { COLOURS, SAFE, type TextSizes } from "../../theme.ts";
import { sizeScene } from "../settings/size-look.ts";
import { ASKED, type AskedKey, KEY_NAMES, type RemoteState, skipKeyOf } from "./remote-check.ts";
import type { SetupState } from "./setup.ts";

export interface SetupLook {
  readonly state: SetupState;
  /** Null until it was told. */
  readonly boxId: string | null;
  readonly sizes: TextSizes;
}

export function setupScene(look: SetupLook): Scene {
  const { state, sizes } = look;
  switch (state.step) {
    case "remote":
      return remoteScene(state.remote, sizes);
    case "enrol":
      return enrolScene(look);
    case "size":
      return sizeScene(state.size, sizes);
    case "sound":
      return soundScene(sizes);
  }
}

/** The remote as people hold it: the ring of five, and 返回 below. */
const PAD = { x: 1130, y: 190, key: 160, gap: 40 } as const;
const PLACE: Readonly<Record<AskedKey, readonly [column: number, row: number]>> = {
  up: [1, 0],
  left: [0, 1],
  ok: [1, 1],
  right: [2, 1],
  down: [1, 2],
  back: [2, 3],
};
const LEFT_W = 960;

function remoteScene(state: RemoteState, sizes: TextSizes): Scene {
  const asked = ASKED[state.at] ?? "back";
  const said: Block =
    state.said === null
      ? { text: `按不出来？按【${KEY_NAMES[skipKeyOf(asked)]}】跳过`, size: sizes.operator }
      : { text: state.said, size: sizes.operator, colour: COLOURS.attention };
  return [
    text({ y: 54, text: "先试一试遥控器", size: sizes.operator, bold: true }),
    ...stack(
      [
        { text: "请按一下", size: sizes.title },
        { text: `【${KEY_NAMES[asked]}】`, size: sizes.mega, colour: COLOURS.focus },
        { ...said, lines: 2, bold: false },
      ],
      { top: 150, bottom: 930, w: LEFT_W },
    ),
    ...ASKED.flatMap((key) => keyScene(key, state, sizes)),
  ];
}

function keyScene(key: AskedKey, { at, tried }: RemoteState, sizes: TextSizes): Scene {
  const [column, row] = PLACE[key];
  const name = tried.includes(key) ? "✔" : KEY_NAMES[key];
  return button({
    x: PAD.x + column * (PAD.key + PAD.gap),
    y: PAD.y + row * (PAD.key + 24),
    w: PAD.key,
    h: PAD.key,
    text: name,
    size: key === "ok" || key === "back" ? Math.min(sizes.audience, 64) : sizes.audience,
    focused: ASKED[at] === key,
    tight: true,
  });
}

/** Read from two metres: at 43 inches that needs 403 px of code without its quiet zone. */
const QR = { x: 1160, y: 150, w: 664 } as const;

/** `abcd efgh` and `ijkl mnop`: to be read over the telephone. */
function groupsOf(boxId: string): string[] {
  const fours = foursOf(boxId);
  return [fours.slice(0, 2).join(" "), fours.slice(2).join(" ")];
}

function enrolScene({ boxId, sizes }: SetupLook): Scene {
  if (boxId === null) {
    return stack([{ text: "正在读取…", size: sizes.title }], { top: 150, bottom: 930 });
  }
  const [first = "", second = ""] = groupsOf(boxId);
  return [
    text({ y: 54, w: QR.x - 150, text: "请县里开通这台机器", size: sizes.operator, bold: true }),
    ...stack(
      [
        { text: "本机编号", size: sizes.audience, colour: COLOURS.secondary },
        { text: first, size: sizes.display, colour: COLOURS.focus, lineHeight: 1.2 },
        { text: second, size: sizes.display, colour: COLOURS.focus, lineHeight: 1.2 },
        { text: "打电话报给县里，或走近用手机扫一扫", size: sizes.operator, lines: 2 },
        { text: "县里开通以后，这里自己往下走", size: sizes.operator, lines: 2, bold: false },
      ],
      { top: 140, bottom: 930, w: QR.x - SAFE.left - 40, gap: 16 },
    ),
    ...qrCode({ text: boxId, ...QR }),
  ];
}

function soundScene(sizes: TextSizes): Scene {
  return stack(
    [
      { text: "听到“叮”的一声了吗？", size: sizes.display, least: 84 },
      { text: "没听到：把电视音量调大，按【▲】再响一次", size: sizes.audience, lines: 2 },
      {
        text: "听到了：遥控器有数字键的按【1】，没有的按【确定】",
        size: sizes.audience,
        lines: 2,
        colour: COLOURS.focus,
      },
    ],
    { top: 150, bottom: 930, gap: 48 },
  );
}

export function setupHints({ step, remote }: SetupState): readonly KeyHint[] {
  const back: KeyHint = { key: "返回", text: "上一步" };
  switch (step) {
    case "remote": {
      const asked = ASKED[remote.at] ?? "back";
      const ask = { key: KEY_NAMES[asked], text: "试一试" };
      const skip = { key: KEY_NAMES[skipKeyOf(asked)], text: "跳过这个键" };
      return asked === "back" ? [ask, skip] : [ask, skip, { key: "返回", text: "以后再设" }];
    }
    case "enrol":
      return [{ key: "确定", text: "以后再开通" }, back];
    case "size":
      return [
        { key: "确定", text: "就这样" },
        { key: "▲▼", text: "移动" },
        { key: "◀▶", text: "改数字" },
        back,
      ];
    case "sound":
      return [
        { key: "1", text: "有数字键" },
        { key: "确定", text: "没有数字键" },
        { key: "▲", text: "再响一次" },
        back,
      ];
  }
}
