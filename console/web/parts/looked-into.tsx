/** 已核对: an administrator has looked into what contradicts; the room calls for nobody any more. */
import { App, Button } from "antd";
import { useState } from "react";
import { askWith } from "../api/ask.ts";
import { failureText } from "./failure.tsx";

const QUESTION = {
  title: "确认已经核对过现场？",
  content:
    "确认以后不再提醒。两边的记录都留着，不会删除；以后再有新的不一致，还会提醒。只有管理员能确认。",
  okText: "已核对，不再提醒",
  cancelText: "再看看",
};

export function LookedInto({ box }: { readonly box: string }) {
  const { message, modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await askWith("POST", `boxes/${encodeURIComponent(box)}/looked`, {});
      void message.success("记下了。");
    } catch (failure) {
      void message.error(`没有记下：${failureText(failure as Error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      loading={busy}
      onClick={() => modal.confirm({ ...QUESTION, onOk: () => void send() })}
    >
      已核对
    </Button>
  );
}
