/** 本机情况: what whoever is on the telephone asks for, keys that no table knows among it. */
import type { LessonCard, View } from "../../../protocol/generated/types.ts";
import type { MachineState, MemberList } from "../../../protocol/page-api.ts";
import { CHARACTERS, strangeIn } from "../font/characters.ts";
import { LinesScreen } from "../parts/lines-screen.ts";
import { dateWords, foursOf, numberWords } from "../parts/words.ts";
import type { ScreenContext } from "../screen.ts";

export class MachineScreen extends LinesScreen {
  readonly name = "machine";

  constructor(context: ScreenContext) {
    // Of the build: it is not asked for again with each view.
    let characters: string | null = null;
    super(context, {
      back: "设置",
      async read({ fetchJson, view, unknownKeys }) {
        const machine = await fetchJson<MachineState>("/api/machine");
        if (machine === null) return null;
        characters ??= await fetchJson<string>(CHARACTERS);
        const rare = rareLines(characters, {
          members: (await fetchJson<MemberList>("/api/members"))?.members ?? [],
          lessons: (await fetchJson<LessonCard[]>("/api/lessons")) ?? [],
        });
        const lines = [...machineLines(machine, view(), unknownKeys()), ...rare];
        return { heading: "本机情况", lines };
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
  false: "没连上网，不影响播放",
  null: "还没有开通",
} as const;

export function machineLines(
  { connected, software, boxId, damage }: MachineState,
  { clock, site }: View,
  unknownKeys: readonly string[],
): string[] {
  return [
    LINK_WORDS[String(connected) as keyof typeof LINK_WORDS],
    `本机编号 ${foursOf(boxId).join(" ")}`,
    `版本 ${software}`,
    `现在 ${dateWords(clock)}`,
    damage.length === 0 ? "记录完好 ✔" : `▲ 记录有 ${damage.length} 处损坏，请告诉县里`,
    ...damage.map((words) => `▲ ${words}`),
    remoteWords(site),
    ...strangeLines(unknownKeys),
  ];
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
    : `遥控器 ${digits}，另外记住了 ${learnedKeys.length} 个键`;
}

const RARE_MAX = 30;

interface Named {
  readonly members: readonly Pick<MemberList["members"][number], "no" | "name">[];
  readonly lessons: readonly Pick<LessonCard, "title">[];
}

/** 生僻字: what the page's own fonts lack. @param characters null: nobody knows what they have */
export function rareLines(characters: string | null, { members, lessons }: Named): string[] {
  if (characters === null) return [];
  const covered = new Set(characters);
  const named = [
    ...members.map(({ no, name }) => ({ words: `${numberWords(no)} ${name}`, text: name })),
    ...lessons.map(({ title }) => ({ words: `《${title}》`, text: title })),
  ];
  const rare = named.filter(({ text }) => strangeIn(text, covered).length > 0);
  if (rare.length === 0) return ["名册和片名里的字都有 ✔"];
  return [
    "▲ 有字库里没有的字，用系统的字代替。显示不对的，请告诉县里：",
    ...rare.slice(0, RARE_MAX).map(({ words }) => words),
  ];
}

function strangeLines(unknownKeys: readonly string[]): string[] {
  if (unknownKeys.length === 0) return ["遥控器上不认识的键：没有 ✔"];
  return ["▲ 不认识的键，请告诉县里：", ...[...unknownKeys].reverse()];
}
