/** A broker that lets everybody in: enough for a box to be connected to its county. */
import { generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { Aedes } from "aedes";
import type { Enrolment } from "../protocol/generated/types.ts";

export interface Broker {
  /** What enrols a box with a county behind this broker; nobody answers there. */
  enrolmentOf(boxId: string): Enrolment;
  /** Resolves when a box has subscribed to what its county says. */
  readonly joined: Promise<void>;
  close(): Promise<void>;
}

export async function startBroker(): Promise<Broker> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return {
    joined: new Promise((resolve) => aedes.once("subscribe", () => resolve())),
    enrolmentOf: (box) => ({
      schema: "one-room.enrolment/1",
      box,
      password: "bench-bench-bench-bench-bench-bench-bench",
      broker: `mqtt://127.0.0.1:${port}`,
      console: "http://127.0.0.1:9",
      keys: [{ kid: "c1", pem }],
    }),
    close: () =>
      new Promise((resolve) => {
        aedes.close(() => server.close(() => resolve()));
      }),
  };
}
