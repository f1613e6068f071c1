/** How far a session is: sign and word. */
import {
  CheckOutlined,
  CloseCircleOutlined,
  PlayCircleFilled,
  SyncOutlined,
} from "@ant-design/icons";
import { Tag, Tooltip } from "antd";
import type { SessionLine } from "../../../protocol/console-api.ts";
import { progressOf, progressWords } from "../words/session-words.ts";

const LOOKS = {
  running: { color: "processing", icon: <PlayCircleFilled /> },
  done: { color: "default", icon: <CheckOutlined /> },
  abandoned: { color: "warning", icon: <CloseCircleOutlined /> },
} as const;

export function ProgressTag({ line }: { readonly line: SessionLine }) {
  return (
    <span className="progress">
      <Tag {...LOOKS[progressOf(line)]}>{progressWords(line)}</Tag>
      {line.incomplete && <IncompleteTag />}
    </span>
  );
}

export function IncompleteTag() {
  return (
    <Tooltip title="播放盒还有记录没传到县里,这里的数字以后可能增加">
      <Tag color="gold" icon={<SyncOutlined />}>
        记录还没收全
      </Tag>
    </Tooltip>
  );
}
