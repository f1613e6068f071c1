/**
 * A Mosquitto with the same accounts and the same access rules as the embedded broker: the text of
 * its three files (mosquitto.conf(5), mosquitto_passwd(1)). Pure: who writes them is not said here.
 */
import { pbkdf2Sync } from "node:crypto";
import { HOST_STATE_TOPIC, MESSAGE_BYTES_MAX } from "../../../protocol/county-topics.ts";
import { COUNTY_USER } from "./messages.ts";

export interface MosquittoPaths {
  readonly passwords: string;
  readonly acl: string;
}

export interface MosquittoListener {
  readonly host: string;
  readonly port: number;
}

/** Mosquitto 2.0's own default; the passwords are random, more would only slow the boxes down. */
const ITERATIONS = 101;
const SALT_BYTES = 12;
const KEY_BYTES = 64;

export function mosquittoConf(listener: MosquittoListener, paths: MosquittoPaths): string {
  return [
    `listener ${listener.port} ${listener.host}`,
    "allow_anonymous false",
    "allow_zero_length_clientid false",
    // A box cannot call itself by another's name: the client id is the user name.
    "use_username_as_clientid true",
    `password_file ${paths.passwords}`,
    `acl_file ${paths.acl}`,
    `message_size_limit ${MESSAGE_BYTES_MAX}`,
    `max_packet_size ${MESSAGE_BYTES_MAX + 1024}`,
    "max_inflight_messages 20",
    "max_queued_messages 1000",
    "persistence false",
    "set_tcp_nodelay true",
    "",
  ].join("\n");
}

/** `%u` is a whole level; box ids cannot hold `+`, `#` or `/` (checked where they are issued). */
export function mosquittoAcl(): string {
  return [
    `user ${COUNTY_USER}`,
    "topic readwrite orp/1/#",
    "",
    "pattern write orp/1/b/%u/up/#",
    "pattern read orp/1/b/%u/dn/#",
    `pattern read ${HOST_STATE_TOPIC}`,
    "",
  ].join("\n");
}

/** One account: `$7$` is PBKDF2 with SHA-512. @param salt 12 random bytes */
export function mosquittoHash(password: string, salt: Uint8Array): string {
  if (salt.length !== SALT_BYTES) throw new RangeError(`salt of ${salt.length} bytes`);
  const key = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, "sha512");
  return `$7$${ITERATIONS}$${Buffer.from(salt).toString("base64")}$${key.toString("base64")}`;
}

export interface MosquittoAccount {
  readonly user: string;
  readonly hash: string;
}

export function mosquittoPasswords(accounts: readonly MosquittoAccount[]): string {
  return accounts.map(({ user, hash }) => `${user}:${hash}\n`).join("");
}
