/** Loads the page's two fonts before the first picture, but never waits for them for ever. */
import { FONT } from "../theme.ts";

/** From the same machine it takes a fraction of this; then the system's own font must do. */
const WAIT_MS = 4000;

const FILES: readonly (readonly [family: string, url: string])[] = [
  [FONT.regular, "fonts/one-room-500.ttf"],
  [FONT.bold, "fonts/one-room-700.ttf"],
];

async function loadFont(family: string, url: string): Promise<void> {
  const face = new FontFace(family, `url(${url})`);
  await face.load();
  (document.fonts as unknown as { add(face: FontFace): void }).add(face);
}

/** False: a font is missing; texts are then drawn in the system's sans. */
export function loadFonts(): Promise<boolean> {
  const all = Promise.all(FILES.map(([family, url]) => loadFont(family, url)));
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), WAIT_MS);
  });
  const loaded = all.then(
    () => true,
    () => false,
  );
  return Promise.race([loaded, late]);
}
