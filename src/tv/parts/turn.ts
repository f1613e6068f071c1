/** What a key comes to in a screen's model: a new state, and what the page shall do. Pure data. */
import type { Intent } from "../../../protocol/generated/types.ts";
import type { Place, RemoteKey, ScreenContext } from "../screen.ts";

export interface Turn<State> {
  readonly state: State;
  /** One press is at most one intent that is written; a turned card is not. */
  readonly send?: Intent;
  readonly go?: Place;
  readonly back?: true;
}

/** Null: the key means nothing here. */
export type Turned<State> = Turn<State> | null;

const STEPS: Partial<Record<RemoteKey, readonly [columns: number, rows: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** Focus in a grid of `count`, without running off; undefined when the key does not move it. */
export function moveInGrid(
  focus: number,
  key: RemoteKey,
  { count, columns }: { readonly count: number; readonly columns: number },
): number | undefined {
  const step = STEPS[key];
  if (step === undefined) return undefined;
  const next = focus + step[0] + step[1] * columns;
  return Math.min(Math.max(next, 0), Math.max(count - 1, 0));
}

/** Sends what a turn says, and tells in words when it was refused. */
export async function perform<State>(
  context: ScreenContext,
  { send, go, back }: Turn<State>,
): Promise<void> {
  if (go !== undefined) context.go(go);
  if (back === true) context.back();
  if (send === undefined) return;
  const result = await context.send(send);
  if (!result.ok) context.toast(result.error.text);
}
