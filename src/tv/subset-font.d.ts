/** The part of `subset-font` that the build of the page uses; the package has no types. */
declare module "subset-font" {
  import type { Buffer } from "node:buffer";

  function subsetFont(
    font: Buffer,
    text: string,
    options: { readonly targetFormat: "truetype" | "woff2" },
  ): Promise<Buffer>;
  // biome-ignore lint/style/noDefaultExport: so the package gives it.
  export default subsetFont;
}
