/** 核验码, wherever sessions are listed. */
import type { TableColumnsType } from "antd";
import { Known } from "./unknown.tsx";

export function headCodeColumn<
  Line extends { readonly headCode: string | null },
>(): TableColumnsType<Line>[number] {
  return {
    title: "核验码",
    width: 124,
    render: (_, { headCode }) => (
      <Known value={headCode} why="结束登记后才有">
        {(code) => <code>{code}</code>}
      </Known>
    ),
  };
}
