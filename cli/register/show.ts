/** `register show`: the four registers (三簿一册) of one session. */
import type { FieldValue, NamedGuest, Roster } from "../../protocol/generated/types.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import type { MarkLine, SessionRegister } from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import { writeCoverage } from "./books.ts";
import {
  HOW_WORDS,
  STATUS_WORDS,
  writeDuration,
  writeHands,
  writeInstantLong,
  writeStage,
  writeTable,
} from "./words.ts";

export interface MemberName {
  readonly id: string;
  readonly no: number | null;
  readonly name: string | null;
}

export interface NameSources {
  readonly roster: Roster | null;
  readonly erased: ReadonlyMap<string, number>;
  readonly guests?: readonly NamedGuest[];
}

function directoryOf({ roster, erased, guests }: NameSources, register: SessionRegister) {
  return new MemberDirectory(roster, erased, [register], guests);
}

/** Everybody the sign-in names; the name is null where it was erased, or no roster has it. */
export function nameMembers(register: SessionRegister, sources: NameSources): MemberName[] {
  const directory = directoryOf(sources, register);
  return register.marks.map(({ member }) => {
    const { id, no, name } = directory.name(member);
    return { id, no, name };
  });
}

export function writeSession(register: SessionRegister, sources: NameSources): string {
  const directory = directoryOf(sources, register);
  const nameOf = (id: string) => directory.name(id).text;
  return `${[
    ...writeHead(register, nameOf),
    "\n《党员签到册》",
    writeTable(register.marks.map((line) => markRow(line, directory))),
    writeCoverage(register),
    ...register.guests.map(({ id, no }) => `来宾 ${no}  ${nameOf(id)}`),
    "\n《收看情况登记簿》",
    ...register.viewing.map(
      ({ lesson, watchedMs, cuesExplained, ownExplanations }) =>
        `${lesson.id}  实际播放 ${writeDuration(watchedMs)}  讲解点 ${cuesExplained.length} 处，` +
        `自己讲解 ${ownExplanations} 次`,
    ),
    "\n《讨论登记簿》",
    ...register.notes.map(({ topic, points, speakers }) => {
      const who = speakers.map(nameOf).join("、");
      return `${topic}  讲到要点 ${points.length} 个  发言 ${who === "" ? "没有记" : who}`;
    }),
    "\n《信息反馈簿》",
    ...register.feedback.map(
      ({ question, counts }) => `${question}  ${counts.map(writeHands).join(" / ")}`,
    ),
    ...(register.tasks.length > 0 ? ["\n课后实践"] : []),
    ...register.tasks.map(({ task, heads }) => `${task}  愿意做 ${writeHands(heads)}`),
    ...writeLater(register, nameOf),
    `\n依据：${register.evidence.join("；")}`,
  ].join("\n")}\n`;
}

/** Corrections, make-ups and results: one line each, with what stood before. */
function writeLater(register: SessionRegister, nameOf: (id: string) => string): string[] {
  const { corrections, makeups, results } = register;
  const fixes = corrections.map(({ field, member, from, to, at, stands }) => {
    const what = member === null ? (FIELD_WORDS[field] ?? field) : nameOf(member);
    const change = `${writeValue(field, from)} → ${writeValue(field, to)}`;
    return `${writeInstantLong(at)}  ${what}  ${change}${stands ? "" : "（没有生效）"}`;
  });
  const made = makeups.map(
    ({ how, members, day, at }) =>
      `${day ?? writeInstantLong(at)}  ${HOW_WORDS[how]}  ${members.map(nameOf).join("、")}`,
  );
  const done = results.map(
    ({ task, ending, did }) =>
      `${task}  ${ENDING_WORDS[ending]}${did.length === 0 ? "" : `  做到 ${did.map(nameOf).join("、")}`}`,
  );
  return [
    ...(fixes.length > 0 ? ["\n更正", ...fixes] : []),
    ...(made.length > 0 ? ["\n补课", ...made] : []),
    ...(done.length > 0 ? ["\n实践结果", ...done] : []),
  ];
}

const ENDING_WORDS = { done: "完成", partly: "部分完成", dropped: "不做了" } as const;
const FIELD_WORDS: Readonly<Record<string, string>> = {
  type: "类型",
  title: "题目",
  branches: "支部",
  heads: "清点人数",
  G: "列席",
  Q: "群众",
  makeup: "补课",
  guest: "来宾",
};

function writeValue(field: string, value: FieldValue): string {
  if (value === null) return field === "heads" ? "没有清点" : "去掉";
  if (field === "mark") return STATUS_WORDS[value as keyof typeof STATUS_WORDS];
  if (field === "type") return sessionTypeName(String(value));
  return Array.isArray(value) ? value.join("、") : String(value);
}

function writeHead(register: SessionRegister, nameOf: (id: string) => string): string[] {
  const { counts, closedAt, by } = register;
  const { expected, P, L, X, V, A, unmarked, G, Q } = counts;
  const until = closedAt === null ? "" : `  结束 ${writeInstantLong(closedAt)}`;
  return [
    `${register.title}（${sessionTypeName(register.type)}，场次 ${register.id}）`,
    `开始 ${writeInstantLong(register.openedAt)}${until}  ${writeStage(register)}`,
    `播放员 ${by === "-" ? "没有记" : nameOf(by)}  核验码 ${register.headCode ?? "还没有结束"}`,
    `应到 ${expected}  到 ${P}  迟到 ${L}  早退 ${X}  请假 ${V}  缺席 ${A}  未登记 ${unmarked}` +
      `  列席 ${G}  群众 ${Q}  清点 ${register.heads ?? "没有"}`,
  ];
}

function markRow({ member, status, corrected }: MarkLine, directory: MemberDirectory): string[] {
  const { no, text } = directory.name(member);
  return [String(no ?? "-"), text, `${STATUS_WORDS[status]}${corrected ? "（更）" : ""}`];
}
