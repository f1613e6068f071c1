/** A question's answer once it is there; until then, or without one, words. */
import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { FailureNote } from "./failure.tsx";

interface AnswerProps<T> {
  readonly of: Pick<UseQueryResult<T>, "data" | "error" | "isError" | "refetch">;
  readonly children: (data: T) => ReactNode;
}

/** An old answer stays on the screen while a newer one cannot be had; the banner says how old. */
export function Answer<T>({ of: { data, error, isError, refetch }, children }: AnswerProps<T>) {
  if (data !== undefined) return children(data);
  if (isError) return <FailureNote failure={error} onRetry={() => void refetch()} />;
  return <Skeleton active paragraph={{ rows: 6 }} />;
}
