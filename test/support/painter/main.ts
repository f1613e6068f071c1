/**
 * A page that paints scenes and nothing else, with the page's own stage, painter and fonts: so a
 * scene of the TV without a browser becomes a picture without a service.
 */
import { loadFonts } from "../../../src/tv/font/load-fonts.ts";
import type { Scene } from "../../../src/tv/scene/node.ts";
import { openStage } from "../../../src/tv/scene/open-stage.ts";
import { StagePainter } from "../../../src/tv/scene/stage-painter.ts";

export interface PainterHook {
  /** Resolves some frames later. */
  paint(scene: Scene): Promise<void>;
  readonly hasFonts: boolean;
}

/** A text is drawn in the frame after the one that asks for it. */
const FRAMES = 4;

void loadFonts().then((hasFonts) => {
  const canvas = document.getElementById("canvas") as HTMLCanvasElement;
  const painter = new StagePainter(openStage(canvas));
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const hook: PainterHook = {
    hasFonts,
    async paint(scene) {
      painter.paint(scene);
      for (let count = 0; count < FRAMES; count += 1) await frame();
    },
  };
  (window as unknown as { __painter: PainterHook }).__painter = hook;
});
