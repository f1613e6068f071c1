import type { PositionMessage } from "../../../protocol/generated/types.ts";
import type { ScreenContext } from "../screen.ts";

/** What the film needs beyond what every screen has. */
export interface FilmContext extends ScreenContext {
  readonly video: HTMLVideoElement;
  report(message: PositionMessage): void;
  fetchText(path: string): Promise<string | null>;
  after(ms: number, act: () => void): () => void;
}
