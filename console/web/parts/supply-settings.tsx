/** When and how fast rooms may fetch; an administrator changes it here. */
import { useQueryClient } from "@tanstack/react-query";
import { Button, Card, Form, Input, InputNumber, Switch } from "antd";
import { useState } from "react";
import type { SupplySettings } from "../../../protocol/generated/types.ts";
import { askWith } from "../api/ask.ts";
import { minuteOf, minuteText, settingsWords } from "../words/supply-words.ts";
import { useSend } from "./use-send.ts";

interface CardProps {
  readonly settings: SupplySettings;
  readonly isAdmin: boolean;
}

export function SupplySettingsCard({ settings, isAdmin }: CardProps) {
  const [open, setOpen] = useState(false);
  const change =
    isAdmin && !open ? (
      <Button size="small" onClick={() => setOpen(true)}>
        修改
      </Button>
    ) : null;
  return (
    <Card size="small" title="什么时候下载" className="section" extra={change}>
      {open ? (
        <SettingsForm settings={settings} onClose={() => setOpen(false)} />
      ) : (
        settingsWords(settings)
      )}
    </Card>
  );
}

interface Fields {
  readonly from: string;
  readonly to: string;
  readonly maxKbps: number;
  readonly nightlyMb: number;
  readonly quietMinutes: number;
  readonly trickle: boolean;
}

const MB = 1_000_000;

function toFields({
  window,
  maxKbps,
  nightlyBytes,
  quietMinutes,
  trickle,
}: SupplySettings): Fields {
  const nightlyMb = Math.round(nightlyBytes / MB);
  const [from, to] = [minuteText(window.fromMinute), minuteText(window.toMinute)];
  return { from, to, maxKbps, nightlyMb, quietMinutes, trickle };
}

function toSettings({
  from,
  to,
  maxKbps,
  nightlyMb,
  quietMinutes,
  trickle,
}: Fields): SupplySettings {
  const window = { fromMinute: minuteOf(from) ?? 0, toMinute: minuteOf(to) ?? 0 };
  return { window, maxKbps, nightlyBytes: nightlyMb * MB, quietMinutes, trickle };
}

const isTime = {
  validator: (_rule: unknown, text: string) =>
    minuteOf(text) === null ? Promise.reject(new Error("请写成 01:00 的样子")) : Promise.resolve(),
};

interface FormProps {
  readonly settings: SupplySettings;
  readonly onClose: () => void;
}

function SettingsForm({ settings, onClose }: FormProps) {
  const client = useQueryClient();
  const { send } = useSend("没有保存");
  const save = async (fields: Fields) => {
    await askWith("PUT", "supply/settings", toSettings(fields));
    await client.invalidateQueries({ queryKey: ["supply"] });
    onClose();
    return "已保存。在线的播放盒马上照办，其他的连上以后照办。";
  };
  return (
    <Form<Fields>
      layout="inline"
      initialValues={toFields(settings)}
      onFinish={(fields) => void send(() => save(fields))}
    >
      <Form.Item label="每晚" name="from" rules={[isTime]}>
        <Input className="time-field" />
      </Form.Item>
      <Form.Item label="到" name="to" rules={[isTime]}>
        <Input className="time-field" />
      </Form.Item>
      <Form.Item label="最快" name="maxKbps">
        <InputNumber min={64} max={1_000_000} suffix="kbit/s" />
      </Form.Item>
      <Form.Item label="一晚最多" name="nightlyMb">
        <InputNumber min={1} max={1_000_000} suffix="MB" />
      </Form.Item>
      <Form.Item label="没人用满" name="quietMinutes">
        <InputNumber min={0} max={240} suffix="分钟" />
      </Form.Item>
      <Form.Item label="晚上没开机的，白天空闲时慢慢下" name="trickle" valuePropName="checked">
        <Switch />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        保存
      </Button>
      <Button type="link" onClick={onClose}>
        不改了
      </Button>
    </Form>
  );
}
