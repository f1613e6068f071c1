/** What the box tells about itself: once at birth, and every few minutes. */
import type { Birth, JournalHead, Telemetry } from "../../protocol/generated/types.ts";
import type { BoxFacts, CountyLinkOptions } from "./county-ports.ts";
import { cursorOf, type Outbox } from "./outbox.ts";

/** The schema's bound; a journal with more epochs than this has other troubles. */
const LIST_MAX = 64;
const SENTENCE_MAX = 120;

export async function makeBirth(
  { register, facts, clock }: CountyLinkOptions,
  { link, outbox }: { readonly link: number; readonly outbox: Outbox },
): Promise<Birth> {
  return {
    v: 1,
    link,
    software: facts.software,
    node: facts.node,
    bootId: clock.bootId,
    bootOrdinal: register.bootOrdinal,
    uptimeMs: clock.bootMs(),
    journals: makeHeads(register, outbox),
    cfgVersion: facts.configVersion(),
    rosterVersion: facts.rosterVersion(),
    disk: await facts.disk(),
    cache: facts.cache(),
    clock: { wallUnixMs: clock.wallUnixMs(), source: facts.clockSource() },
    screen: facts.screen(),
    key: facts.key,
    ...noticesOf(facts),
    damage: register.damage.slice(0, LIST_MAX).map((text) => text.slice(0, SENTENCE_MAX)),
  };
}

function noticesOf(facts: BoxFacts): Pick<Telemetry, "notices"> {
  const notices = facts.notices();
  return notices === null ? {} : { notices };
}

function makeHeads(register: CountyLinkOptions["register"], outbox: Outbox): JournalHead[] {
  return register
    .epochs()
    .slice(-LIST_MAX)
    .map(({ epoch, first, head, hash }) => ({
      epoch,
      first,
      head,
      hash,
      acked: cursorOf(outbox, epoch),
    }));
}

export async function makeTelemetry(
  { facts, clock }: CountyLinkOptions,
  told: { readonly backlog: number; readonly clockOffsetMs: number | null },
): Promise<Telemetry> {
  return {
    v: 1,
    ts: clock.wallUnixMs(),
    screen: facts.screen(),
    disk: await facts.disk(),
    cache: facts.cache(),
    memoryBytes: facts.memoryBytes(),
    ...told,
    ...noticesOf(facts),
  };
}
