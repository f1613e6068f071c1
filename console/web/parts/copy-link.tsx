/** Copies the address of what is shown, to be sent to a colleague. */
import { LinkOutlined } from "@ant-design/icons";
import { App, Button } from "antd";

/** The clipboard of browsers is for secure pages; a console on plain HTTP copies the old way. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByField(text);
  }
}

function copyByField(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

export function CopyLink() {
  const { message } = App.useApp();
  const copy = async () => {
    if (await copyText(location.href)) void message.success("链接已复制");
    else void message.warning("浏览器不让复制，请从地址栏里复制");
  };
  return (
    <Button icon={<LinkOutlined />} onClick={() => void copy()}>
      复制链接
    </Button>
  );
}
