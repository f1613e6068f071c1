/** 现在更新: asks one box to fetch as soon as nobody uses it. */
import { CloudDownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { askWith } from "../api/ask.ts";
import { failureText } from "./failure.tsx";

export function RefreshNow({ box }: { readonly box: string }) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await askWith("POST", `boxes/${encodeURIComponent(box)}/refresh`, {});
      void message.success("已通知。播放盒没人用的时候就开始；没开机的，开机以后开始。");
    } catch (failure) {
      void message.error(`没有通知到：${failureText(failure as Error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      icon={<CloudDownloadOutlined />}
      loading={busy}
      onClick={() => void send()}
    >
      现在更新
    </Button>
  );
}
