/** From a method (data) to the flow of one session: which stages, for which lesson, in order. */
import type { Stage } from "../../protocol/generated/types.ts";
import type { PlannedStage } from "./type-stages.ts";

export interface FlowItem {
  /** Stage id of the method; `-` for the closing sheet. */
  readonly id: string;
  readonly kind: Stage["kind"] | "closing";
  readonly name: string;
  readonly help?: string;
  /** Lesson it belongs to, from 0. */
  readonly item: number;
  readonly counted: boolean;
  readonly required: boolean;
  /** A detour of its watch stage: shown on the rail, never stood in. */
  readonly detour: boolean;
}

/** All stages in order, the closing sheet last. */
export type FlowPlan = readonly FlowItem[];

export const CLOSING_ID = "-";

/**
 * Signing in happens once, before the first lesson, and what is marked so; all other stages are
 * held for each lesson.
 * @param lessonCount 0 for a session without a film: its stages are held once
 */
export function planFlow(
  { stages }: { readonly stages: readonly PlannedStage[] },
  lessonCount: number,
): FlowPlan {
  const rounds = Math.max(1, lessonCount);
  const items = Array.from({ length: rounds }, (_, item) =>
    stages
      .filter(({ kind, once = kind === "signin" }) => !once || item === 0)
      .map((stage) => toItem(stage, item)),
  ).flat();
  return [...items, closing(rounds - 1)];
}

function toItem(
  { id, kind, name, help, counted, required, within }: Stage,
  item: number,
): FlowItem {
  const detour = within !== undefined;
  return { id, kind, name, ...(help ? { help } : {}), item, counted, required, detour };
}

function closing(item: number): FlowItem {
  const name = "登记";
  return {
    id: CLOSING_ID,
    kind: "closing",
    name,
    item,
    counted: false,
    required: true,
    detour: false,
  };
}

/** Whether a stage has something to show in this session. */
export type HasMaterial = (item: FlowItem) => boolean;

/** The next stage that is stood in: no detour, and nothing that is neither required nor filled. */
export function nextIndex(flow: FlowPlan, at: number, hasMaterial: HasMaterial): number {
  let index = at + 1;
  while (index < flow.length - 1 && !isStoodIn(flow[index], hasMaterial)) index += 1;
  return Math.min(index, flow.length - 1);
}

export function previousIndex(flow: FlowPlan, at: number, hasMaterial: HasMaterial): number {
  let index = at - 1;
  while (index > 0 && !isStoodIn(flow[index], hasMaterial)) index -= 1;
  return index < 0 || !isStoodIn(flow[index], hasMaterial) ? at : index;
}

function isStoodIn(item: FlowItem | undefined, hasMaterial: HasMaterial): boolean {
  if (item === undefined || item.detour) return false;
  return item.required || hasMaterial(item);
}

/** Where the first stage is; a method that begins with a detour begins after it. */
export function firstIndex(flow: FlowPlan, hasMaterial: HasMaterial): number {
  return nextIndex(flow, -1, hasMaterial);
}

export function indexOfStage(flow: FlowPlan, item: number, stage: string): number {
  if (stage === CLOSING_ID) return flow.length - 1;
  return flow.findIndex((one) => one.item === item && one.id === stage);
}
