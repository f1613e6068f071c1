/** 写通知: what is said, to whom, and until when. */
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal, Radio, Select } from "antd";
import type { NewNoticeRequest, NoticeAudience } from "../../../protocol/notice-api.ts";
import { askWith } from "../api/ask.ts";
import { useBoxes } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { dayKey } from "../county-time.ts";
import { compareNames } from "../lists/box-filter.ts";
import { placesOf } from "../words/notice-words.ts";
import { useSend } from "./use-send.ts";

interface Fields {
  readonly title: string;
  readonly text: string;
  readonly from: string;
  readonly until: string;
  readonly kind: NoticeAudience["kind"];
  readonly places?: readonly string[];
  readonly boxes?: readonly string[];
}

const WEEK_MS = 7 * 86_400_000;

function toRequest({ kind, places, boxes, ...said }: Fields): NewNoticeRequest {
  const audience: NoticeAudience =
    kind === "all"
      ? { kind }
      : kind === "places"
        ? { kind, places: places ?? [] }
        : { kind, boxes: boxes ?? [] };
  return { ...said, audience };
}

interface FormProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function NoticeForm({ open, onClose }: FormProps) {
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { busy, send } = useSend("没有发出去");
  const issue = async (fields: Fields) => {
    const { rooms } = await askWith<{ rooms: number }>("POST", "notices", toRequest(fields));
    await client.invalidateQueries({ queryKey: ["notices"] });
    form.resetFields();
    onClose();
    return `已发给 ${rooms} 个收看室。在线的马上看到，其他的连上以后看到。`;
  };
  return (
    <Modal
      title="写通知"
      open={open}
      okText="发出去"
      cancelText="先不发"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={640}
    >
      <NoticeFields form={form} onFinish={(fields) => void send(() => issue(fields))} />
    </Modal>
  );
}

interface FieldsProps {
  readonly form: ReturnType<typeof Form.useForm<Fields>>[0];
  readonly onFinish: (fields: Fields) => void;
}

const NEEDED = (message: string) => [{ required: true, whitespace: true, message }];

function NoticeFields({ form, onFinish }: FieldsProps) {
  const { nowMs, utcOffsetMinutes } = useCounty();
  const today = dayKey(nowMs, utcOffsetMinutes);
  const initial = {
    kind: "all",
    from: "县委组织部",
    until: dayKey(nowMs + WEEK_MS, utcOffsetMinutes),
  };
  return (
    <Form<Fields> form={form} layout="vertical" initialValues={initial} onFinish={onFinish}>
      <Form.Item label="标题" name="title" rules={NEEDED("请写标题")}>
        <Input maxLength={28} showCount />
      </Form.Item>
      <Form.Item
        label="内容"
        name="text"
        rules={NEEDED("请写内容")}
        extra="在电视上念得出来、看得清楚：一段说一件事。不要写个人隐私。"
      >
        <Input.TextArea maxLength={500} showCount rows={5} />
      </Form.Item>
      <Form.Item label="谁发的" name="from" rules={NEEDED("请写是谁发的")}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item
        label="有效到哪一天（过了这一天，电视上不再显示）"
        name="until"
        rules={NEEDED("请选日期")}
      >
        <Input type="date" min={today} className="date-field" />
      </Form.Item>
      <Form.Item label="发给谁" name="kind">
        <Radio.Group
          options={[
            { value: "all", label: "全县" },
            { value: "places", label: "选乡镇、村" },
            { value: "boxes", label: "选收看室" },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => <Chosen kind={getFieldValue("kind") as Fields["kind"]} />}
      </Form.Item>
    </Form>
  );
}

function Chosen({ kind }: Pick<Fields, "kind">) {
  const boxes = [...(useBoxes().data ?? [])].sort(compareNames);
  if (kind === "all") return null;
  const isPlaces = kind === "places";
  const options = isPlaces
    ? placesOf(boxes).map(({ name, rooms }) => ({
        value: name,
        label: `${name}（${rooms} 个收看室）`,
      }))
    : boxes.map(({ id, name, place }) => ({ value: id, label: `${name}(${place})` }));
  const rules = [{ required: true, message: isPlaces ? "请选地方" : "请选收看室" }];
  return (
    <Form.Item name={isPlaces ? "places" : "boxes"} rules={rules}>
      <Select
        mode="multiple"
        options={options}
        showSearch={{ optionFilterProp: "label" }}
        placeholder={isPlaces ? "选一个或几个地方" : "选一个或几个收看室"}
        notFoundContent="没有找到"
      />
    </Form.Item>
  );
}
