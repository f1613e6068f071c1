/** The settings of this TV: its screen, the last row, contrast, its remote, set up or not. */
import type { SettingsIntent } from "../../protocol/generated/types.ts";
import { isIntent } from "../../protocol/generated/validators.js";
import { scaleFor } from "../../protocol/text-scale.ts";
import type { SettingsStore, SiteSettings } from "./room-ports.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

type LocalSettings = Omit<SettingsIntent, "kind">;
type LocalSite = Partial<SiteSettings>;

export async function loadSettings(store: SettingsStore): Promise<LocalSite> {
  return siteOf(await read(store));
}

/** What is not named stays as it was. */
export async function saveSettings(
  store: SettingsStore,
  { kind: _kind, ...changed }: SettingsIntent,
): Promise<LocalSite> {
  const settings = { ...(await read(store)), ...changed };
  await store.save(encodeUtf8(`${JSON.stringify(settings)}\n`));
  return siteOf(settings);
}

/** A file of before the first set-up existed: whoever chose a screen has set it up. */
function siteOf({ inches, lastRowM, setUp, ...rest }: LocalSettings): LocalSite {
  if (inches === undefined || lastRowM === undefined) return { setUp: setUp ?? false, ...rest };
  const screen = { inches, lastRowM };
  return { setUp: setUp ?? true, ...rest, scale: scaleFor(screen), screen };
}

async function read(store: SettingsStore): Promise<LocalSettings> {
  const bytes = await store.load();
  const text = bytes === null ? null : decodeUtf8(bytes);
  return text === null ? {} : parse(text);
}

/** Each part for itself: what is not sensible is as good as nothing, and the page asks again. */
function parse(text: string): LocalSettings {
  const found = parseJson(text);
  const { inches, lastRowM, contrast, hasDigits, learnedKeys, voice, setUp } = found;
  const parts = [
    { inches, lastRowM },
    { contrast },
    { hasDigits },
    { learnedKeys },
    { voice },
    { setUp },
  ];
  return Object.assign({}, ...parts.filter(isSensible)) as LocalSettings;
}

function parseJson(text: string): Partial<Record<keyof LocalSettings, unknown>> {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null ? found : {};
  } catch {
    return {};
  }
}

function isSensible(part: object): boolean {
  const isNamed = Object.values(part).every((value) => value !== undefined);
  return isNamed && isIntent({ kind: "settings", ...part });
}
