/** The settings of this TV: which screen, and how far the last row sits. */
import { type RoomScreen, scaleFor } from "../../protocol/text-scale.ts";
import type { SettingsStore, SiteSettings } from "./room-ports.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

type ScreenSite = Pick<SiteSettings, "scale" | "screen">;

export function siteOf(screen: RoomScreen): ScreenSite {
  return { scale: scaleFor(screen), screen };
}

export async function loadScreen(store: SettingsStore): Promise<ScreenSite | null> {
  const bytes = await store.load();
  const text = bytes === null ? null : decodeUtf8(bytes);
  const screen = text === null ? null : parseScreen(text);
  return screen === null ? null : siteOf(screen);
}

export async function saveScreen(store: SettingsStore, screen: RoomScreen): Promise<ScreenSite> {
  const { inches, lastRowM } = screen;
  await store.save(encodeUtf8(`${JSON.stringify({ inches, lastRowM })}\n`));
  return siteOf({ inches, lastRowM });
}

/** Anything but two sensible numbers is as good as nothing: the page asks again. */
function parseScreen(text: string): RoomScreen | null {
  try {
    const { inches, lastRowM } = JSON.parse(text) as Partial<RoomScreen>;
    const isWhole = Number.isFinite(inches) && Number.isFinite(lastRowM);
    return isWhole && inches !== undefined && lastRowM !== undefined ? { inches, lastRowM } : null;
  } catch {
    return null;
  }
}
