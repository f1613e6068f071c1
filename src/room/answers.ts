/** Why an intent was not done, in the broadcaster's words. */
import type { AnswerError } from "../../protocol/generated/types.ts";

export type IntentAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: AnswerError };

const TEXT: Readonly<Record<AnswerError["code"], string>> = {
  stale: "画面已经往前走了，请看清再按。",
  "not-now": "现在不能做这一步。",
  unmarked: "还有同志没有登记到没到。",
  "no-lesson": "这个片子现在不能放。换一个，或按【返回】。",
  "no-member": "名册里没有这位同志。",
  "bad-intent": "这一步没有听懂，请再按一次。",
  "read-only": "没有存上。请用纸质签到，机器修好后再补录。",
  fault: "没有存上，请再按一次。",
};

export const DONE: IntentAnswer = { ok: true };

export function refusal(code: AnswerError["code"], text: string = TEXT[code]): IntentAnswer {
  return { ok: false, error: { code, text } };
}
