/**
 * What the keys of remotes are called where they arrive: Android WebView, Chromium on X11 and
 * Wayland, CEC, and the sets of HbbTV, LG and Tizen. By `key` first: many TV keys have keyCode 0.
 */
import type { RemoteKey } from "../screen.ts";

export const BY_KEY: Readonly<Record<string, RemoteKey>> = {
  Enter: "ok",
  Select: "ok",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  GoBack: "back",
  BrowserBack: "back",
  Close: "back",
  Escape: "back",
  Backspace: "back",
  ContextMenu: "menu",
  Info: "menu",
  MediaPlayPause: "play",
  MediaPlay: "play",
  MediaPause: "play",
  PageUp: "page-up",
  ChannelUp: "page-up",
  PageDown: "page-down",
  ChannelDown: "page-down",
};

export const BY_CODE: Readonly<Record<string, RemoteKey>> = {
  Enter: "ok",
  NumpadEnter: "ok",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Escape: "back",
  Backspace: "back",
  BrowserBack: "back",
};

export const BY_KEY_CODE: Readonly<Record<number, RemoteKey>> = {
  8: "back",
  13: "ok",
  19: "play",
  27: "back",
  33: "page-up",
  34: "page-down",
  37: "left",
  38: "up",
  39: "right",
  40: "down",
  93: "menu",
  166: "back",
  179: "play",
  415: "play",
  427: "page-up",
  428: "page-down",
  457: "menu",
  461: "back",
  503: "play",
  10009: "back",
};
