/**
 * A picture from the service, decoded beside the thread that draws, and no larger than it is shown:
 * a poster is four times as large as its place on a card.
 */
import { Lightning } from "@lightningjs/sdk";
import type { PictureNode } from "./node.ts";

/** Pictures that do not come are a plain field: nobody is told. */
async function load({ url, w, h }: PictureNode, precision: number): Promise<ImageBitmap> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return createImageBitmap(await response.blob(), {
    resizeWidth: Math.round(w * precision),
    resizeHeight: Math.round(h * precision),
    resizeQuality: "medium",
    premultiplyAlpha: "premultiply",
  });
}

export function pictureTexture(
  stage: Lightning.Stage,
  node: PictureNode,
): Lightning.textures.StaticCanvasTexture {
  const texture = new Lightning.textures.StaticCanvasTexture(stage);
  texture.content = {
    factory: (done) => {
      load(node, stage.getRenderPrecision()).then(
        (picture) => done(null, picture as never),
        (error: Error) => done(error, undefined as never),
      );
      return () => {};
    },
    lookupId: undefined as never,
  };
  return texture;
}
