/** The settings that each box is told: signed, retained, with its documents by hash. */
import { downTopic } from "../../protocol/county-topics.ts";
import type { BoxConfig, SupplySettings } from "../../protocol/generated/types.ts";
import type { CountyClock } from "./clock.ts";
import type { Database } from "./database/database.ts";
import type { SigningKey } from "./keys.ts";
import type { OriginRoot } from "./origin/origin-keeper.ts";
import { type ConfigSource, configSources } from "./store/doc-store.ts";
import { supplySettings } from "./store/supply-store.ts";

export interface ConfigPublisherOptions {
  readonly database: Database;
  readonly key: SigningKey;
  readonly clock: CountyClock;
  readonly utcOffsetMinutes: number;
  /** Base of the addresses under which boxes find their documents. */
  docsUrl(): string;
  /** Base of the lessons' addresses. */
  originUrl(): string;
  originRoot(): OriginRoot | null;
  publish(topic: string, payload: string, retain: boolean): void;
}

/**
 * Tells one box its settings, or all of them (`null`), as the broker keeps nothing over a restart.
 */
export async function publishConfigs(
  options: ConfigPublisherOptions,
  box: string | null,
): Promise<void> {
  const settings = await supplySettings(options.database);
  for (const source of await configSources(options.database, box)) {
    const config = toConfig(source, { ...options, settings });
    const payload = JSON.stringify(options.key.seal(config));
    options.publish(downTopic(source.box, "cfg"), payload, true);
  }
}

function toConfig(
  { box, name, version, docs, ask }: ConfigSource,
  options: ConfigPublisherOptions & { readonly settings: SupplySettings },
): BoxConfig {
  const { clock, docsUrl, originUrl, originRoot, utcOffsetMinutes, settings } = options;
  const root = originRoot();
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
    notices: docs.notices ?? null,
    now: clock.nowMs(),
    supply: {
      origin: originUrl(),
      root: root === null ? null : { version: root.version, sha256: root.sha256 },
      ...settings,
      ask,
    },
  };
}
