/** Counts, in a page, WebGL calls that draw or clear, and pixels that are uploaded to textures. */
import type { Page } from "playwright-core";

export interface Drawn {
  readonly draws: number;
  readonly pixels: number;
}

type Counted = { __drawn: { draws: number; pixels: number } };

/** Runs in the page before any script of its own. */
export function countDraws(): void {
  const drawnNow = { draws: 0, pixels: 0 };
  (window as unknown as Counted).__drawn = drawnNow;
  const areaOf = (source: unknown): number => {
    const { width = 0, height = 0 } = (source ?? {}) as { width?: number; height?: number };
    return width * height;
  };
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const calls = prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
    const wrap = (name: string, note: (args: unknown[]) => void) => {
      const real = calls[name];
      calls[name] = function (...args) {
        note(args);
        return real?.apply(this, args);
      };
    };
    for (const name of ["drawElements", "drawArrays", "clear"]) {
      wrap(name, () => {
        drawnNow.draws += 1;
      });
    }
    // The short form ends with what is uploaded; the long one says its size.
    wrap("texImage2D", (args) => {
      const isShort = args.length <= 6;
      drawnNow.pixels += isShort ? areaOf(args[5]) : Number(args[3]) * Number(args[4]);
    });
  }
}

export function drawn(page: Page): Promise<Drawn> {
  return page.evaluate(() => ({ ...(window as unknown as Counted).__drawn }));
}
