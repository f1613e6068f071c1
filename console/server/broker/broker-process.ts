/**
 * The embedded broker in a process of its own, so that what strangers send it cannot take the
 * console down. Orders come over IPC; when that channel closes, the console is gone and so are we.
 */
import { createEmbeddedBroker, type EmbeddedBroker } from "./embedded-broker.ts";
import type { BrokerOrder, BrokerReport } from "./messages.ts";

const accounts = new Map<string, string>();
let broker: EmbeddedBroker | null = null;

function report(message: BrokerReport): void {
  if (process.connected) process.send?.(message);
}

async function open(order: BrokerOrder & { kind: "open" }): Promise<void> {
  for (const [box, sha256] of Object.entries(order.accounts)) accounts.set(box, sha256);
  const access = {
    countySha256: order.countySha256,
    boxSha256: (box: string) => accounts.get(box),
  };
  broker = await createEmbeddedBroker(access, {
    onlyWithCounty: true,
    tellRefusal: (box, why) => report({ kind: "refused", box, why }),
  });
  try {
    report({ kind: "listening", port: await broker.listen(order.host, order.port) });
  } catch (error) {
    report({ kind: "cannot-listen", code: (error as NodeJS.ErrnoException).code ?? "unknown" });
  }
}

function obey(order: BrokerOrder): void {
  if (order.kind === "open") {
    void open(order);
    return;
  }
  const changed = accounts.get(order.box) !== order.sha256;
  accounts.set(order.box, order.sha256);
  if (changed) broker?.disconnect(order.box);
}

if (process.send === undefined) {
  process.stderr.write("这个程序由县控制台启动，不单独运行。\n");
  process.exitCode = 1;
} else {
  process.on("message", (message) => obey(message as BrokerOrder));
  process.once("disconnect", () => process.exit(0));
  // The console stops its broker itself, after its last words; a Ctrl+C reaches the whole group.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => {});
}
