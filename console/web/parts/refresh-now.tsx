/** 现在更新: asks one box to fetch as soon as nobody uses it. */
import { CloudDownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { askWith } from "../api/ask.ts";
import { useSend } from "./use-send.ts";

export function RefreshNow({ box }: { readonly box: string }) {
  const { busy, send } = useSend("没有通知到");
  const ask = async () => {
    await askWith("POST", `boxes/${encodeURIComponent(box)}/refresh`, {});
    return "已通知。播放盒没人用的时候就开始；没开机的，开机以后开始。";
  };
  return (
    <Button
      size="small"
      icon={<CloudDownloadOutlined />}
      loading={busy}
      onClick={() => void send(ask)}
    >
      现在更新
    </Button>
  );
}
