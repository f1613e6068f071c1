/** The settings that each box is told: signed, retained, with its documents by hash. */
import { downTopic } from "../../protocol/county-topics.ts";
import type { BoxConfig } from "../../protocol/generated/types.ts";
import type { CountyClock } from "./clock.ts";
import type { Database } from "./database/database.ts";
import type { SigningKey } from "./keys.ts";
import { type ConfigSource, configSources } from "./store/doc-store.ts";

export interface ConfigPublisherOptions {
  readonly database: Database;
  readonly key: SigningKey;
  readonly clock: CountyClock;
  readonly utcOffsetMinutes: number;
  /** Base of the addresses under which boxes find their documents. */
  docsUrl(): string;
  publish(topic: string, payload: string, retain: boolean): void;
}

/**
 * Tells one box its settings, or all of them (`null`), as the broker keeps nothing over a restart.
 */
export async function publishConfigs(
  options: ConfigPublisherOptions,
  box: string | null,
): Promise<void> {
  for (const source of await configSources(options.database, box)) {
    const config = toConfig(source, options);
    const payload = JSON.stringify(options.key.seal(config));
    options.publish(downTopic(source.box, "cfg"), payload, true);
  }
}

function toConfig(
  { box, name, version, docs }: ConfigSource,
  { clock, docsUrl, utcOffsetMinutes }: ConfigPublisherOptions,
): BoxConfig {
  return {
    v: 1,
    box,
    version,
    site: { name },
    utcOffsetMinutes,
    docsUrl: docsUrl(),
    roster: docs.roster ?? null,
    plan: docs.plan ?? null,
    method: docs.method ?? null,
    now: clock.nowMs(),
  };
}
