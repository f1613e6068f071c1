/**
 * The topics of the county link, version 1: docs/formats/county-link.md.
 *
 * A box id stands in a topic, so its charset is part of the protocol: no `/`, `+` or `#` can hide
 * in it (MQTT 3.1.1 §4.7).
 */

const ROOT = "orp/1";
const BOX_ID = /^[a-z0-9]{10,26}$/;

/** What the county tells everybody about itself; retained, and the county's last will. */
export const HOST_STATE_TOPIC = `${ROOT}/host/state`;

/** What the county's ingest reads, on brokers with and without shared subscriptions. */
export const INGEST_FILTER = `${ROOT}/b/+/up/#`;

export const UP_CHANNELS = ["state", "birth", "tel", "rec", "res"] as const;
export const DOWN_CHANNELS = ["ack", "cmd", "cfg"] as const;
export type UpChannel = (typeof UP_CHANNELS)[number];
export type DownChannel = (typeof DOWN_CHANNELS)[number];

/** No message of this protocol is larger, either way. */
export const MESSAGE_BYTES_MAX = 64 * 1024;

/** Checked where an id is issued, and again at every CONNECT. */
export function isBoxIdText(text: string): boolean {
  return BOX_ID.test(text);
}

export function upTopic(boxId: string, channel: UpChannel): string {
  return `${ROOT}/b/${boxId}/up/${channel}`;
}

export function downTopic(boxId: string, channel: DownChannel): string {
  return `${ROOT}/b/${boxId}/dn/${channel}`;
}

/** The one filter a box may subscribe to, besides `HOST_STATE_TOPIC`. */
export function downFilter(boxId: string): string {
  return `${ROOT}/b/${boxId}/dn/#`;
}

export type CountyTopic =
  | { readonly kind: "host" }
  | { readonly kind: "up"; readonly boxId: string; readonly channel: UpChannel }
  | { readonly kind: "down"; readonly boxId: string; readonly channel: DownChannel };

/** Null for every topic that is not one of ours. A prefix put in front by a bridge is not ours. */
export function parseCountyTopic(topic: string): CountyTopic | null {
  if (topic === HOST_STATE_TOPIC) return { kind: "host" };
  const [root, version, letter, boxId, direction, channel, ...more] = topic.split("/");
  if (`${root}/${version}/${letter}` !== `${ROOT}/b` || more.length > 0) return null;
  if (boxId === undefined || !isBoxIdText(boxId)) return null;
  const up = UP_CHANNELS.find((name) => name === channel);
  if (direction === "up" && up) return { kind: "up", boxId, channel: up };
  const down = DOWN_CHANNELS.find((name) => name === channel);
  return direction === "dn" && down ? { kind: "down", boxId, channel: down } : null;
}

/** May this client publish there? The access rule that every broker keeps. */
export function mayBoxPublish(boxId: string, topic: string): boolean {
  const parsed = parseCountyTopic(topic);
  return parsed?.kind === "up" && parsed.boxId === boxId;
}

/** May this client subscribe to that filter? Its own `dn` tree, and the county's state. */
export function mayBoxSubscribe(boxId: string, filter: string): boolean {
  return filter === HOST_STATE_TOPIC || filter.startsWith(`${ROOT}/b/${boxId}/dn/`);
}
