/** How far a session is: sign and word. */
import {
  CheckOutlined,
  CloseCircleOutlined,
  PlayCircleFilled,
  SyncOutlined,
} from "@ant-design/icons";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import type { SessionLine } from "../../../protocol/console-api.ts";
import { type Progress, progressOf, progressWords } from "../words/session-words.ts";

const SIGNS: Readonly<Record<Progress, ReactNode>> = {
  running: <PlayCircleFilled />,
  done: <CheckOutlined />,
  abandoned: <CloseCircleOutlined />,
};

export function ProgressTag({ line }: { readonly line: SessionLine }) {
  const progress = progressOf(line);
  return (
    <span className="progress">
      <span className={`pill pill-${progress}`}>
        {SIGNS[progress]} {progressWords(line)}
      </span>
      {line.incomplete && <IncompleteTag />}
    </span>
  );
}

function IncompleteTag() {
  return (
    <Tooltip title="播放盒还有记录没传到县里，这里的数字以后可能增加">
      <span className="pill pill-incomplete">
        <SyncOutlined /> 记录还没收全
      </span>
    </Tooltip>
  );
}
