/** A number or word that may be unknown: then a dash that says so, never 0. */
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { UNKNOWN } from "../words/numbers.ts";

export function Unknown({ why = "未知" }: { readonly why?: string }) {
  return (
    <Tooltip title={why}>
      <span className="unknown" role="img" aria-label={why}>
        {UNKNOWN}
      </span>
    </Tooltip>
  );
}

interface KnownProps<T> {
  readonly value: T | null | undefined;
  readonly why?: string;
  readonly children?: (value: T) => ReactNode;
}

export function Known<T extends string | number>({ value, why, children }: KnownProps<T>) {
  if (value === null || value === undefined) return <Unknown {...(why && { why })} />;
  return <>{children === undefined ? value : children(value)}</>;
}
