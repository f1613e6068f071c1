/** How one connection to the broker is made. docs/formats/county-link.md has the reasons. */
import type { IClientOptions } from "mqtt";
import { upTopic } from "../../protocol/county-topics.ts";
import type { BoxState, Enrolment } from "../../protocol/generated/types.ts";

const KEEPALIVE_S = 60;
const CONNECT_TIMEOUT_MS = 20_000;
/** A link without a packet for 2.5 keepalives is dead, whatever the socket says. */
export const SILENCE_MAX_MS = KEEPALIVE_S * 2500;

/**
 * `reconnectPeriod: 0`: the client would reconnect every second without jitter, and its will is
 * fixed at construction while ours names the link. A new client is made for every attempt.
 */
export function mqttOptions(enrolment: Enrolment, will: BoxState): IClientOptions {
  return {
    protocolVersion: 4,
    clientId: enrolment.box,
    username: enrolment.box,
    password: enrolment.password,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    keepalive: KEEPALIVE_S,
    connectTimeout: CONNECT_TIMEOUT_MS,
    will: {
      topic: upTopic(enrolment.box, "state"),
      payload: Buffer.from(JSON.stringify(will)),
      qos: 1,
      retain: true,
    },
  };
}
