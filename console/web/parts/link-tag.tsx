/** A box's link: sign, word and since when; never colour alone. */
import {
  CheckCircleFilled,
  DisconnectOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
} from "@ant-design/icons";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import type { BoxLine, LinkState } from "../../../protocol/console-api.ts";
import { useCounty } from "../county-context.ts";
import { LINK_MEANINGS, linkName, linkSince } from "../words/link-words.ts";

const SIGNS: Readonly<Record<LinkState, ReactNode>> = {
  online: <CheckCircleFilled />,
  offline: <PauseCircleOutlined />,
  lost: <DisconnectOutlined />,
  never: <MinusCircleOutlined />,
};

export function LinkTag({ box }: { readonly box: BoxLine }) {
  const since = linkSince(box, useCounty());
  return (
    <Tooltip title={LINK_MEANINGS[box.link]}>
      <span className={`link-state link-${box.link}`}>
        {SIGNS[box.link]} {linkName(box)}
        {since !== "" && <span className="aside"> {since}</span>}
      </span>
    </Tooltip>
  );
}
