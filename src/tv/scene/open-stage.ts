/** The stage of Lightning as this page wants it: it draws when something changed, and only then. */
import { TextTokenizer } from "@lightningjs/core";
import { Lightning } from "@lightningjs/sdk";
import { tokenizeText } from "../text/text-tokenizer.ts";
import { SCREEN } from "../theme.ts";

class Page extends Lightning.Application {}

/** Textures beyond this are let go: pixels, not bytes; about 32 MB. */
const MEMORY_PRESSURE = 8e6;

export function openStage(canvas: HTMLCanvasElement): Lightning.Application {
  TextTokenizer.setCustomTokenizer(tokenizeText, true);
  return new Page({
    stage: {
      canvas,
      w: window.innerWidth,
      h: window.innerHeight,
      precision: window.innerHeight / SCREEN.height,
      clearColor: 0x00000000,
      pauseRafLoopOnIdle: true,
      memoryPressure: MEMORY_PRESSURE,
      useImageWorker: false,
      // Without it each text is read back from its canvas first: a second and more for the first.
      forceTxCanvasSource: true,
    },
  } as never);
}
