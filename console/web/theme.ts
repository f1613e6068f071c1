/** The look of an office: dense, calm, system fonts. Red is kept for what is wrong. */
import type { ThemeConfig } from "antd";

export const FONTS =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", ' +
  "system-ui, sans-serif";

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: "#1f4f86",
    colorInfo: "#1f4f86",
    colorLink: "#1f4f86",
    colorTextBase: "#1c2430",
    colorBgLayout: "#f3f5f8",
    borderRadius: 4,
    fontFamily: FONTS,
    motion: false,
  },
  components: {
    Table: { headerBg: "#eef2f7", cellPaddingBlockSM: 7, headerColor: "#3b4757" },
    Layout: { headerBg: "#ffffff", headerPadding: "0 24px", headerHeight: 56 },
    Descriptions: { labelBg: "#f6f8fb" },
  },
};
