/** `window.__oneRoom`: what tests and an installer at the bench may look at. Nothing acts on it. */
import type { View } from "../../protocol/generated/types.ts";
import type { TvApp } from "./app.ts";
import type { TextNode } from "./scene/node.ts";

export interface ShownText {
  readonly text: string;
  readonly size: number;
  readonly colour: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly lines: number;
}

export interface OneRoomHook {
  readonly view: View | null;
  /** Name of the screen that has the keys. */
  readonly place: string;
  texts(): readonly ShownText[];
}

export function showHook(app: TvApp): void {
  const hook: OneRoomHook = {
    get view() {
      return app.view;
    },
    get place() {
      return app.place;
    },
    texts: () =>
      app.scene
        .filter((node): node is TextNode => node.kind === "text")
        .map(({ text, size, colour, x, y, w, lines = 1 }) => ({
          text,
          size,
          colour,
          x,
          y,
          w,
          lines,
        })),
  };
  (window as unknown as { __oneRoom: OneRoomHook }).__oneRoom = hook;
}
