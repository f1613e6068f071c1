/** Where the built programs and the samples lie, seen from `dist/cli/main.mjs`. */
import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const PLACES = {
  boxProgram: at("../box/box.mjs"),
  countyProgram: at("../console/main.mjs"),
  tvPage: at("../tv"),
  tvFonts: at("../tv/fonts"),
  consolePage: at("../console-web"),
  samples: at("../../samples"),
};
