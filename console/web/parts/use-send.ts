/** Something is asked of the server, and what came of it is said on the page. */
import { App } from "antd";
import { useState } from "react";
import { failureText } from "./failure.tsx";

interface Sending {
  readonly busy: boolean;
  /** @param act its answer is what is said when it was done */
  send(act: () => Promise<string>): Promise<void>;
}

/** @param failed what is said when it was not done; the reason follows */
export function useSend(failed: string): Sending {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const send = async (act: () => Promise<string>) => {
    setBusy(true);
    try {
      void message.success(await act());
    } catch (failure) {
      void message.error(`${failed}：${failureText(failure as Error)}`);
    } finally {
      setBusy(false);
    }
  };
  return { busy, send };
}
