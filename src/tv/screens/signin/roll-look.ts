/** Signing in as it looks: the name as large as the screen allows, the sums below. Pure. */
import type { AttendanceStatus } from "../../../../protocol/generated/types.ts";
import type { MemberCard } from "../../../../protocol/page-api.ts";
import { button, text } from "../../parts/draw.ts";
import { fit, fitName } from "../../parts/measure.ts";
import { stack } from "../../parts/stack.ts";
import type { Scene } from "../../scene/node.ts";
import { COLOURS, SAFE } from "../../theme.ts";
import { absenteesScene, agreeScene } from "./absentees-look.ts";
import { REST_CHOICES } from "./codes.ts";
import { codesScene } from "./codes-look.ts";
import { groupsScene } from "./groups-look.ts";
import { DIFFERS_CHOICES, differenceWords, otherChoices } from "./roll-call.ts";
import type { RollLook } from "./roll-state.ts";
import { countRoll, statusOf } from "./roll-sums.ts";

const STATUS: Readonly<Record<AttendanceStatus, { words: string; colour: number }>> = {
  P: { words: "已到 ✔", colour: COLOURS.present },
  L: { words: "迟到，已到 ✔", colour: COLOURS.present },
  X: { words: "早退", colour: COLOURS.attention },
  V: { words: "请假", colour: COLOURS.attention },
  A: { words: "未到", colour: COLOURS.attention },
  "-": { words: "到了按【确定】，未到按【▶】", colour: COLOURS.focus },
};

export const BODY = { top: 150, bottom: 930 } as const;
const PANEL = { x: 460, y: 148, w: 1000, row: 144 } as const;

export function rollScene(look: RollLook): Scene {
  switch (look.state.phase) {
    case "call":
      return callScene(look);
    case "groups":
      return groupsScene(look);
    case "other":
      return [...callScene(look), ...otherScene(look)];
    case "codes":
      return [...codesScene(look), ...sumsScene(look)];
    case "rest":
      return restScene(look);
    case "absentees":
      return absenteesScene(look);
    case "agree":
      return agreeScene(look);
    case "heads":
      return headsScene(look);
    case "differs":
      return differsScene(look);
    default:
      return summaryScene(look);
  }
}

function callScene(look: RollLook): Scene {
  const { state, facts, sizes } = look;
  const member = facts.members[state.index];
  if (member === undefined) return [];
  const status = STATUS[statusOf(facts, state, member.id)];
  const { name, head } = wordsOf(member);
  const { size, lines } = fitName(name, sizes.mega, 96, SAFE.width);
  return [
    ...stack([{ text: head, size: sizes.audience, colour: COLOURS.secondary, bold: false }], {
      top: 150,
      bottom: 270,
    }),
    ...stack([{ text: name, size, lines, least: size, lineHeight: 1.2 }], {
      ...{ top: 262, bottom: 590 },
    }),
    ...stack(
      [
        { text: status.words, size: sizes.audience, colour: status.colour },
        { text: "点错了？按【◀】", size: sizes.operator, colour: COLOURS.secondary, bold: false },
      ],
      { top: 590, bottom: 780, gap: 8 },
    ),
    ...sumsScene(look),
  ];
}

function wordsOf({ no, name, group }: MemberCard): { name: string; head: string } {
  return {
    name: `${name}${[...name].length > 8 ? "" : "同志"}`,
    head: `第 ${no} 位${group === "" ? "" : `  ${group}`}`,
  };
}

function sumsScene({ state, facts, sizes, saved }: RollLook): Scene {
  const { present, absent, leave, unmarked } = countRoll(facts, state);
  const leaveWords = leave > 0 ? `  请假 ${leave}` : "";
  return [
    { kind: "rect", x: SAFE.left, y: 796, w: SAFE.width, h: 2, colour: COLOURS.raised },
    text({
      y: 808,
      w: saved.long ? SAFE.width : 1240,
      text: `到 ${present}  未到 ${absent}${leaveWords}  还有 ${unmarked} 位`,
      size: Math.min(sizes.audience, 64),
      bold: true,
    }),
    text({
      x: saved.long ? SAFE.left : 1340,
      w: saved.long ? SAFE.width : 484,
      y: saved.long ? 890 : 820,
      text: saved.words,
      size: saved.long ? sizes.hint : sizes.operator,
      align: saved.long ? "left" : "right",
      colour: saved.colour,
    }),
  ];
}

function otherScene({ state, facts, sizes }: RollLook): Scene {
  const { x, y, w, row } = PANEL;
  const choices = otherChoices(facts);
  return [
    { kind: "rect", x: 0, y: 140, w: 1920, h: 814, colour: COLOURS.curtain },
    {
      kind: "rect",
      x,
      y,
      w,
      h: choices.length * row + 60,
      colour: COLOURS.raised,
      radius: 24,
    },
    ...choices.flatMap(({ words }, index) =>
      button({
        x: x + 60,
        y: y + 40 + index * row,
        w: w - 120,
        h: 120,
        text: words,
        size: sizes.audience,
        focused: index === state.choice,
      }),
    ),
  ];
}

function headsScene({ state, facts, sizes }: RollLook): Scene {
  const { heads, thenAbsentees } = state;
  const without = thenAbsentees ? "没有数？按【确定】回到点名" : "没有数？直接按【确定】";
  const signed = countRoll(facts, state).present + facts.guests;
  const signedWords = thenAbsentees ? `应到 ${facts.members.length} 人` : `签到 ${signed} 人`;
  return stack(
    [
      { text: "现场实到几人？", size: sizes.display },
      { text: heads === null ? "—" : String(heads), size: sizes.mega, colour: COLOURS.focus },
      { text: heads === null ? without : "数好了按【确定】", size: sizes.audience },
      { text: signedWords, size: sizes.audience, colour: COLOURS.secondary, bold: false },
    ],
    BODY,
  );
}

function differsScene(look: RollLook): Scene {
  return twoChoices(differenceWords(look.facts, look.state) ?? "", DIFFERS_CHOICES, look);
}

function restScene(look: RollLook): Scene {
  const { unmarked } = countRoll(look.facts, look.state);
  return twoChoices(`还有 ${unmarked} 位没有报号`, REST_CHOICES, look);
}

function twoChoices(words: string, choices: readonly string[], { state, sizes }: RollLook): Scene {
  const w = (SAFE.width - 48) / 2;
  return [
    ...stack([{ text: words, size: sizes.title, lines: 3, colour: COLOURS.attention }], {
      top: 150,
      bottom: 660,
    }),
    ...choices.flatMap((choice, index) =>
      button({
        x: SAFE.left + index * (w + 48),
        y: 700,
        w,
        h: 190,
        text: choice,
        size: fit(choice, { from: sizes.audience, least: 64, lines: 1, w: w - 80 }).size,
        focused: index === state.choice,
      }),
    ),
  ];
}

function summaryScene({ state, facts, sizes }: RollLook): Scene {
  const { present, absent, leave, late } = countRoll(facts, state);
  const done = state.phase === "done";
  const heads = facts.heads === null ? "没有数" : `${facts.heads} 人`;
  const more = [leave > 0 ? `请假 ${leave}` : "", late > 0 ? `其中迟到 ${late}` : ""];
  return stack(
    [
      { text: done ? "签到登记好了 ✔" : "名字点完了", size: sizes.title, colour: COLOURS.present },
      { text: `到 ${present}  未到 ${absent}`, size: sizes.display },
      { text: more.join("  ").trim(), size: sizes.audience },
      { text: done ? `现场实到：${heads}` : "", size: sizes.audience },
      {
        text: done ? "按【确定】开始学习" : "按【确定】数一数现场人数",
        size: sizes.audience,
        colour: COLOURS.focus,
      },
      {
        text: state.problem === null ? "" : `✖ ${state.problem}`,
        size: sizes.operator,
        colour: COLOURS.error,
      },
    ],
    BODY,
  );
}
