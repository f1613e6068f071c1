/** What a schema found wrong with a document, in words that name the place. */
import type { SchemaError, Validator } from "../../../protocol/generated/validators.js";
import { ApiProblem } from "./api-problem.ts";

const WORDS: Readonly<Record<string, (params: Record<string, unknown>) => string>> = {
  required: ({ missingProperty }) => `少了 ${String(missingProperty)}`,
  additionalProperties: ({ additionalProperty }) => `多了不认识的 ${String(additionalProperty)}`,
  type: ({ type }) => `类型不对，应当是 ${String(type)}`,
  enum: ({ allowedValues }) => `只能是 ${[allowedValues].flat().join("、")}`,
  const: ({ allowedValue }) => `必须是 ${String(allowedValue)}`,
  maxLength: ({ limit }) => `太长，最多 ${String(limit)} 个字`,
  minLength: ({ limit }) => `太短，至少 ${String(limit)} 个字`,
  maxItems: ({ limit }) => `太多，最多 ${String(limit)} 项`,
  minItems: ({ limit }) => `太少，至少 ${String(limit)} 项`,
  minimum: ({ limit }) => `太小，最小 ${String(limit)}`,
  maximum: ({ limit }) => `太大，最大 ${String(limit)}`,
  pattern: ({ pattern }) => `写法不对，应当符合 ${String(pattern)}`,
};

export function schemaErrorText({ instancePath, keyword, params, message }: SchemaError): string {
  const place = instancePath === "" ? "最外层" : instancePath;
  const words = WORDS[keyword]?.(params) ?? message ?? keyword;
  return `${place}：${words}`;
}

/** @throws ApiProblem 422 that names the first place where the value breaks its schema */
export function demand<T>(check: Validator<T>, value: unknown, what: string): T {
  if (check(value)) return value;
  const [first] = check.errors ?? [];
  const why = first === undefined ? "不符合格式" : schemaErrorText(first);
  throw new ApiProblem(422, "bad-document", `${what}不符合格式。${why}。`);
}
