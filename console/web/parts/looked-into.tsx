/** 已核对: an administrator has looked into what contradicts; the room calls for nobody any more. */
import { App, Button } from "antd";
import { askWith } from "../api/ask.ts";
import { useSend } from "./use-send.ts";

const QUESTION = {
  title: "确认已经核对过现场？",
  content:
    "确认以后不再提醒。两边的记录都留着，不会删除；以后再有新的不一致，还会提醒。只有管理员能确认。",
  okText: "已核对，不再提醒",
  cancelText: "再看看",
};

export function LookedInto({ box }: { readonly box: string }) {
  const { modal } = App.useApp();
  const { busy, send } = useSend("没有记下");
  const tell = async () => {
    await askWith("POST", `boxes/${encodeURIComponent(box)}/looked`, {});
    return "记下了。";
  };
  return (
    <Button
      size="small"
      loading={busy}
      onClick={() => modal.confirm({ ...QUESTION, onOk: () => void send(tell) })}
    >
      已核对
    </Button>
  );
}
