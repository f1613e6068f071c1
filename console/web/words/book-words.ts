/** The books over many sessions in words. */
import type { When } from "../../../protocol/book-api.ts";
import type {
  FieldValue,
  FixReason,
  GuestAs,
  MakeupHow,
  Member,
  PaperCode,
  PaperResult,
  TaskEnding,
} from "../../../protocol/generated/types.ts";
import { instantWords } from "../../../protocol/instant.ts";
import type { NamedMember } from "../../../protocol/member-directory.ts";
import type { CorrectionLine } from "../../../protocol/register.ts";
import { sessionTypeName } from "../../../protocol/session-type.ts";
import { STATUS_NAMES } from "./attendance-words.ts";

export const HOW_MADE_NAMES: Readonly<Record<MakeupHow, string>> = {
  room: "补课",
  home: "送学上门",
  unit: "集体重上",
};

export const PAPER_NAMES: Readonly<Record<PaperResult, string>> = {
  same: "一致",
  differs: "不一致",
  none: "没有纸质",
};

export const PAPER_CODE_NAMES: Readonly<Record<PaperCode, string>> = {
  same: "抄对了",
  differs: "对不上",
  unwritten: "没有抄",
};

export const TASK_ENDING_NAMES: Readonly<Record<TaskEnding, string>> = {
  done: "完成",
  partly: "部分完成",
  dropped: "不做了",
};

export const MANAGEMENT_NAMES: Readonly<Record<Member["management"], string>> = {
  direct: "直管",
  dual: "双管",
  assist: "协管",
  trust: "托管",
  lost: "失联",
};

export const GUEST_NAMES: Readonly<Record<GuestAs, string>> = {
  mobile: "流动党员",
  observer: "列席人员",
  public: "群众",
};

export const REASON_NAMES: Readonly<Record<FixReason, string>> = {
  mistake: "当时登记错了",
  paper: "以纸质签到册为准",
  proof: "事后有证明",
  other: "其他",
};

const FIELD_NAMES: Readonly<Record<CorrectionLine["field"], string>> = {
  mark: "签到",
  type: "类型",
  title: "题目",
  branches: "支部",
  heads: "清点人数",
  G: "列席人数",
  Q: "群众人数",
  makeup: "补课",
  guest: "来宾",
};

export function whenText(when: When, utcOffsetMinutes: number): string {
  return instantWords(when, utcOffsetMinutes);
}

/** The number first where it tells two of one name apart. */
export function personText({ text }: NamedMember): string {
  return text;
}

/** `缺席 → 请假`; what was struck out is said to be. */
export function changeWords({ field, from, to }: CorrectionLine): string {
  if (field === "makeup" || field === "guest") return "去掉记错的一条";
  return `${valueWords(field, from)} → ${valueWords(field, to)}`;
}

export function fieldName(field: CorrectionLine["field"]): string {
  return FIELD_NAMES[field];
}

function valueWords(field: CorrectionLine["field"], value: FieldValue): string {
  if (value === null) return "没有清点";
  if (field === "mark") return STATUS_NAMES[value as keyof typeof STATUS_NAMES] ?? String(value);
  if (field === "type") return sessionTypeName(String(value));
  return Array.isArray(value) ? value.join("、") : String(value);
}
