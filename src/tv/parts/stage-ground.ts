/** What every stage of a session stands on: the ground and the rail of the method. */
import type { View } from "../../../protocol/generated/types.ts";
import type { Scene } from "../scene/node.ts";
import type { ScreenContext } from "../screen.ts";
import { ground } from "./draw.ts";
import { rail } from "./rail.ts";

export type Session = NonNullable<View["session"]>;

/** Between the rail and the bar of keys. */
export const BODY = { top: 150, bottom: 930 } as const;

export function stageGround(session: Session, { sizes }: Pick<ScreenContext, "sizes">): Scene {
  return [ground, ...rail(session.flow, session.item, sizes)];
}

/** Who is in the room: counted heads, else those who signed in. */
export function inRoom({ heads, counts }: Session): number {
  return heads ?? counts.P + counts.L + counts.X + counts.G + counts.Q;
}
