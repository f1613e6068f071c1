/**
 * What remotes send, as it arrives at a page: replayed in tests. A row: the key as its system calls
 * it, `key`, `code`, `keyCode` of the event, and the key of ours; null: nothing we may act on.
 *
 * Sources: Android KeyEvent and Chromium's Android key map; linux/input-event-codes.h with
 * xkeyboard-config and Chromium's X11 and Ozone maps; the kernel's CEC key map (rc-cec.c);
 * CEA-2014 and HbbTV key codes as LG and Tizen web views send them.
 */
import type { RemoteKey } from "../../src/tv/screen.ts";

export type RemoteRow = readonly [
  name: string,
  key: string,
  code: string,
  keyCode: number,
  ours: RemoteKey | null,
];

const ARROWS: readonly RemoteRow[] = [
  ["up", "ArrowUp", "ArrowUp", 38, "up"],
  ["down", "ArrowDown", "ArrowDown", 40, "down"],
  ["left", "ArrowLeft", "ArrowLeft", 37, "left"],
  ["right", "ArrowRight", "ArrowRight", 39, "right"],
];

const DIGITS: readonly RemoteRow[] = Array.from({ length: 10 }, (_, digit) => [
  `digit ${digit}`,
  String(digit),
  `Digit${digit}`,
  48 + digit,
  `digit-${digit}`,
]);

const WEB_VIEW: readonly RemoteRow[] = [
  ...ARROWS,
  ...DIGITS,
  ["KEYCODE_DPAD_CENTER 23", "Enter", "", 13, "ok"],
  ["KEYCODE_ENTER 66", "Enter", "Enter", 13, "ok"],
  ["KEYCODE_NUMPAD_ENTER 160", "Enter", "NumpadEnter", 13, "ok"],
  ["KEYCODE_BACK 4, as the shell passes it on", "GoBack", "", 166, "back"],
  ["KEYCODE_ESCAPE 111", "Escape", "Escape", 27, "back"],
  ["KEYCODE_DEL 67", "Backspace", "Backspace", 8, "back"],
  ["KEYCODE_MENU 82, as the shell passes it on", "ContextMenu", "", 93, "menu"],
  ["KEYCODE_NUMPAD_1 145", "1", "Numpad1", 97, "digit-1"],
  ["KEYCODE_CHANNEL_UP 166", "ChannelUp", "", 33, "page-up"],
  ["KEYCODE_CHANNEL_DOWN 167", "ChannelDown", "", 34, "page-down"],
  ["KEYCODE_PAGE_UP 92", "PageUp", "PageUp", 33, "page-up"],
  ["KEYCODE_PAGE_DOWN 93", "PageDown", "PageDown", 34, "page-down"],
  ["KEYCODE_MEDIA_PLAY_PAUSE 85", "MediaPlayPause", "MediaPlayPause", 179, "play"],
  ["KEYCODE_MEDIA_PLAY 126", "MediaPlay", "", 179, "play"],
  ["KEYCODE_MEDIA_PAUSE 127", "MediaPause", "", 179, "play"],
  ["KEYCODE_INFO 165", "Info", "", 0, "menu"],
  ["KEYCODE_PROG_RED 183", "ColorF0Red", "", 0, null],
  ["KEYCODE_PROG_GREEN 184", "ColorF1Green", "", 0, null],
  ["KEYCODE_GUIDE 172", "Guide", "", 0, null],
  ["KEYCODE_SETTINGS 176", "Settings", "", 0, null],
];

/** Below 248 X11 and Wayland agree; X11 loses what is above. */
const LINUX: readonly RemoteRow[] = [
  ...ARROWS,
  ...DIGITS,
  ["KEY_ENTER 28", "Enter", "Enter", 13, "ok"],
  ["KEY_KPENTER 96", "Enter", "NumpadEnter", 13, "ok"],
  ["KEY_BACK 158", "BrowserBack", "BrowserBack", 166, "back"],
  ["KEY_EXIT 174", "Close", "", 0, "back"],
  ["KEY_ESC 1", "Escape", "Escape", 27, "back"],
  ["KEY_BACKSPACE 14", "Backspace", "Backspace", 8, "back"],
  ["KEY_COMPOSE 127", "ContextMenu", "ContextMenu", 93, "menu"],
  ["KEY_MENU 139", "\0", "", 0, null],
  ["KEY_SETUP 141", "\0", "", 0, null],
  ["KEY_PAGEUP 104", "PageUp", "PageUp", 33, "page-up"],
  ["KEY_PAGEDOWN 109", "PageDown", "PageDown", 34, "page-down"],
  ["KEY_PLAYPAUSE 164", "MediaPlayPause", "MediaPlayPause", 179, "play"],
  ["KEY_PLAY 207", "MediaPlayPause", "MediaPlayPause", 179, "play"],
  ["KEY_PAUSECD 201", "MediaPause", "", 0, "play"],
  ["KEY_HOMEPAGE 172", "BrowserHome", "BrowserHome", 172, null],
  ["KEY_VOLUMEUP 115", "AudioVolumeUp", "VolumeUp", 175, null],
  ["KEY_VOLUMEDOWN 114", "AudioVolumeDown", "VolumeDown", 174, null],
  ["KEY_MUTE 113", "AudioVolumeMute", "VolumeMute", 173, null],
  ["KEY_REWIND 168", "MediaRewind", "", 0, null],
  ["KEY_FASTFORWARD 208", "MediaFastForward", "", 0, null],
];

const WAYLAND: readonly RemoteRow[] = [
  ...LINUX,
  // They have names in xkb, and none in Chromium: a hwdb file must map them below 248.
  ["KEY_OK 352", "Unidentified", "", 0, null],
  ["KEY_NUMERIC_5 517", "Unidentified", "", 0, null],
];

/** TV remotes over HDMI: the kernel's CEC key map, with the hwdb file that the shell ships. */
const CEC: readonly RemoteRow[] = [
  ...ARROWS,
  ...DIGITS,
  ["0x00 Select, by hwdb to KEY_ENTER", "Enter", "Enter", 13, "ok"],
  ["0x0d Exit to KEY_EXIT", "Close", "", 0, "back"],
  ["0x4c Backward to KEY_BACK", "BrowserBack", "BrowserBack", 166, "back"],
  ["0x44 Play to KEY_PLAY", "MediaPlayPause", "MediaPlayPause", 179, "play"],
  ["0x46 Pause to KEY_PAUSE", "Pause", "Pause", 19, "play"],
  ["0x09 Root menu to KEY_MENU", "\0", "", 0, null],
];

/** Web views of TV sets: most give a code and nothing else. */
const TV_SETS: readonly RemoteRow[] = [
  ["HbbTV, LG: back", "Unidentified", "", 461, "back"],
  ["Tizen: return", "XF86Back", "", 10009, "back"],
  ["Zeasn: back", "Backspace", "", 8, "back"],
  ["VK_ENTER", "Unidentified", "", 13, "ok"],
  ["VK_UP", "Unidentified", "", 38, "up"],
  ["VK_DOWN", "Unidentified", "", 40, "down"],
  ["VK_LEFT", "Unidentified", "", 37, "left"],
  ["VK_RIGHT", "Unidentified", "", 39, "right"],
  ["VK_PLAY", "Unidentified", "", 415, "play"],
  ["VK_PAUSE", "Unidentified", "", 19, "play"],
  ["VK_PLAY_PAUSE", "Unidentified", "", 503, "play"],
  ["VK_CHANNEL_UP", "Unidentified", "", 427, "page-up"],
  ["VK_CHANNEL_DOWN", "Unidentified", "", 428, "page-down"],
  ["VK_INFO", "Unidentified", "", 457, "menu"],
  ["VK_5", "Unidentified", "", 53, "digit-5"],
  ["VK_NUMPAD_5", "Unidentified", "", 101, "digit-5"],
  ["VK_RED", "Unidentified", "", 403, null],
  ["VK_STOP", "Unidentified", "", 413, null],
];

export const REMOTES = {
  "Android web view": WEB_VIEW,
  X11: LINUX,
  Wayland: WAYLAND,
  CEC,
  "TV sets": TV_SETS,
} as const;

export const SIX_KEYS: readonly RemoteKey[] = ["ok", "back", "up", "down", "left", "right"];
