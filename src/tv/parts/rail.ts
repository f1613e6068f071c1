/** The rail of the method: where the session stands, with the official names of its steps. */
import type { FlowStage } from "../../../protocol/generated/types.ts";
import type { Scene } from "../scene/node.ts";
import { COLOURS, SAFE, type TextSizes } from "../theme.ts";
import { text } from "./draw.ts";

const MARK: Readonly<Record<FlowStage["state"], string>> = {
  done: "✔",
  now: "▶",
  ahead: "",
  skipped: "",
};

/** Only the stages of the lesson that is on, and never the closing sheet. */
export function railStages(flow: readonly FlowStage[], item: number): FlowStage[] {
  return flow.filter((stage) => stage.item === item && stage.kind !== "closing");
}

export function rail(flow: readonly FlowStage[], item: number, sizes: TextSizes): Scene {
  const stages = railStages(flow, item);
  const w = Math.floor(SAFE.width / Math.max(stages.length, 1));
  return stages.flatMap((stage, index) => {
    const x = SAFE.left + index * w;
    const now = stage.state === "now";
    return [
      { kind: "rect", x, y: 118, w: w - 8, h: 6, colour: barColour(stage.state) } as const,
      text({
        x,
        w: w - 8,
        y: 54,
        text: `${MARK[stage.state]}${stage.name}`,
        size: sizes.hint,
        align: "center",
        bold: now,
        colour: now ? COLOURS.focus : COLOURS.secondary,
      }),
    ];
  });
}

function barColour(state: FlowStage["state"]): number {
  if (state === "now") return COLOURS.focus;
  return state === "done" ? COLOURS.present : COLOURS.raised;
}
