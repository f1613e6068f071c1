/** Takes in a file that a box wrote onto a stick, and says what came of it. */
import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Upload } from "antd";
import { useState } from "react";
import type { ImportAnswer } from "../../../protocol/console-api.ts";
import { AskFailure, ask } from "../api/ask.ts";
import { importWords } from "../words/import-words.ts";

function send(file: File, trust: string | null): Promise<ImportAnswer> {
  const query = trust === null ? "" : `?trust=${encodeURIComponent(trust)}`;
  const headers = { "content-type": "application/octet-stream" };
  return ask<ImportAnswer>(`import${query}`, { method: "POST", headers, body: file });
}

export function ImportFile() {
  const { modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  async function take(file: File, trust: string | null): Promise<void> {
    setBusy(true);
    try {
      modal.success({ title: "已导入", content: importWords(await send(file, trust)) });
    } catch (failure) {
      if (!(failure instanceof AskFailure)) throw failure;
      tell(file, failure);
    } finally {
      setBusy(false);
    }
  }
  function tell(file: File, { code, message }: AskFailure): void {
    const fingerprint = /[0-9a-f]{4}(-[0-9a-f]{4}){3}/.exec(message)?.[0];
    if (code !== "key-unknown" || fingerprint === undefined) {
      modal.error({ title: "没有导入", content: message });
      return;
    }
    modal.confirm({
      title: "第一次见到这台播放盒的钥匙",
      content: message,
      okText: "指纹一致，导入",
      cancelText: "不导入",
      onOk: () => take(file, fingerprint),
    });
  }
  return (
    <Upload
      showUploadList={false}
      beforeUpload={(file) => {
        void take(file, null);
        return false;
      }}
    >
      <Button icon={<UploadOutlined />} loading={busy}>
        导入播放盒的文件
      </Button>
    </Upload>
  );
}
