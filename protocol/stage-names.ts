/** What the stages of 五步教学法 are called where the method's own document is not at hand. */
export const STAGE_NAMES: Readonly<Record<string, string>> = {
  "-": "收场",
  signin: "签到",
  s1: "播前提示",
  s2: "播放收看",
  s3: "播中解释",
  s4: "播后讨论",
  feedback: "信息反馈",
  s5: "课后实践",
};

/** A stage of a method that nobody knows is called by its id. */
export function stageName(stage: string, names: Readonly<Record<string, string>> = {}): string {
  return names[stage] ?? STAGE_NAMES[stage] ?? stage;
}
