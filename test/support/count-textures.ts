/** Counts, in a page, the textures that WebGL holds: what was made and not deleted. */
import type { Page } from "playwright-core";

type Counted = { __textures: number };

/** Runs in the page before any script of its own. */
export function countTextures(): void {
  const counted = window as unknown as Counted;
  counted.__textures = 0;
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const { createTexture, deleteTexture } = prototype;
    prototype.createTexture = function () {
      counted.__textures += 1;
      return createTexture.call(this);
    };
    prototype.deleteTexture = function (texture) {
      counted.__textures -= 1;
      deleteTexture.call(this, texture);
    };
  }
}

export function texturesOf(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Counted).__textures);
}
