/** 本机情况: what whoever is on the telephone asks for, keys that no table knows among it. */
import type { View } from "../../../protocol/generated/types.ts";
import type { MachineState } from "../../../protocol/page-api.ts";
import { LinesScreen } from "../parts/lines-screen.ts";
import { dateWords } from "../parts/words.ts";
import type { ScreenContext } from "../screen.ts";

export class MachineScreen extends LinesScreen {
  readonly name = "machine";

  constructor(context: ScreenContext) {
    super(context, {
      back: "设置",
      async read({ fetchJson, view, unknownKeys }) {
        const machine = await fetchJson<MachineState>("/api/machine");
        if (machine === null) return null;
        return { heading: "本机情况", lines: machineLines(machine, view(), unknownKeys()) };
      },
    });
  }

  /** It stands in the list as soon as it was pressed. */
  onUnknownKey(): void {
    this.readAgain();
  }

  onView(): void {
    this.readAgain();
  }
}

const LINK_WORDS = {
  true: "已连上县里 ✔",
  false: "没连上网,不影响播放",
  null: "还没有开通",
} as const;

export function machineLines(
  { connected, software, boxId, damage }: MachineState,
  { clock, site }: View,
  unknownKeys: readonly string[],
): string[] {
  return [
    LINK_WORDS[String(connected) as keyof typeof LINK_WORDS],
    `本机编号 ${fours(boxId)}`,
    `版本 ${software}`,
    `现在 ${dateWords(clock)}`,
    damage.length === 0 ? "记录完好 ✔" : `▲ 记录有 ${damage.length} 处损坏,请告诉县里`,
    ...damage.map((words) => `▲ ${words}`),
    remoteWords(site),
    ...strangeLines(unknownKeys),
  ];
}

/** To be read over the telephone. */
function fours(boxId: string): string {
  return (boxId.match(/.{1,4}/g) ?? []).join(" ");
}

const DIGITS = {
  true: "有数字键",
  false: "没有数字键",
  undefined: "有没有数字键还不知道",
} as const;

function remoteWords({ hasDigits, learnedKeys = [] }: View["site"]): string {
  const digits = DIGITS[String(hasDigits) as keyof typeof DIGITS];
  return learnedKeys.length === 0
    ? `遥控器 ${digits}`
    : `遥控器 ${digits},另外记住了 ${learnedKeys.length} 个键`;
}

function strangeLines(unknownKeys: readonly string[]): string[] {
  if (unknownKeys.length === 0) return ["遥控器上不认识的键:没有 ✔"];
  return ["▲ 不认识的键,请告诉县里:", ...[...unknownKeys].reverse()];
}
