/** A mark of 《党员签到册》: sign and word. */
import {
  CheckOutlined,
  ClockCircleOutlined,
  CloseOutlined,
  FileTextOutlined,
  LogoutOutlined,
  MinusOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { AttendanceStatus } from "../../../protocol/generated/types.ts";
import { STATUS_NAMES } from "../words/attendance-words.ts";

const SIGNS: Readonly<Record<AttendanceStatus, ReactNode>> = {
  P: <CheckOutlined />,
  L: <ClockCircleOutlined />,
  X: <LogoutOutlined />,
  V: <FileTextOutlined />,
  A: <CloseOutlined />,
  "-": <MinusOutlined />,
};

const LOOKS: Readonly<Record<AttendanceStatus, string>> = {
  P: "present",
  L: "late",
  X: "late",
  V: "leave",
  A: "absent",
  "-": "unmarked",
};

export function StatusMark({ status }: { readonly status: AttendanceStatus }) {
  return (
    <span className={`mark mark-${LOOKS[status]}`}>
      {SIGNS[status]} {STATUS_NAMES[status]}
    </span>
  );
}
