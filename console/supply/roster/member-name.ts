/** A person's name as it is kept, its initials for the pad, and the id that says nothing of it. */
import { randomBytes } from "node:crypto";
import { pinyin } from "pinyin-pro";
import { letterId } from "../../../protocol/letter-id.ts";

const ID_LENGTH = 12;

/** Dots that keyboards give for the one in 阿依古丽·买买提 (U+00B7); NFKC has made ・ of half-width. */
const DOTS = /[•‧・∙⋅●.]/g;
const IDEOGRAPH = /\p{Script=Han}/u;

/** Offices put spaces into names of two characters to align them: 张 三. */
export function tidyName(name: string): string {
  if (!IDEOGRAPH.test(name)) return name.replace(/\s+/g, " ");
  return name.replace(/\s+/g, "").replace(DOTS, "·");
}

/** Two letters for 王芳 → wf. Surnames are read as surnames: 单 → s, 曾 → z. */
export function initialsOf(name: string): string {
  const options = { pattern: "first", toneType: "none", type: "array", mode: "surname" } as const;
  const letters = pinyin(name, options).join("").toLowerCase();
  return letters.replace(/[^a-z0-9]/g, "").slice(0, 25);
}

export function newMemberId(): string {
  return letterId(randomBytes(ID_LENGTH));
}
