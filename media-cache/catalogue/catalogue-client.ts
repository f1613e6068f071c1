/**
 * Brings the catalogue up to date and keeps what it verified (docs/formats/catalogue.md, What a
 * client does). Decisions are in rules.ts; here they are acted on, in order.
 *
 * - E1. Nothing is kept that was not verified; what is kept is byte for byte what came.
 * - E2. The highest versions are on the disk before the document that raised them.
 * - E3. A refusal leaves everything that was trusted before as it was.
 */
import type { HttpClient } from "../../platform/ports/http-client.ts";
import { assert } from "../../protocol/assert.ts";
import type {
  TufRoot,
  TufSnapshot,
  TufTarget,
  TufTargets,
  TufTimestamp,
} from "../../protocol/generated/types.ts";
import { keptDocuments, keptRoot } from "./kept-documents.ts";
import { type Crypto, checkBytes, type Refusal, refuse, type Verdict } from "./metadata.ts";
import { type Answer, Origin, SIZE_MAX } from "./origin.ts";
import { restoreVersions } from "./restore-versions.ts";
import type { RoleFiles } from "./role-files.ts";
import {
  type Believed,
  delegatorOf,
  forgetOnline,
  type Highest,
  highestOf,
  metaOf,
  takesOnlineKeyAway,
  verifyNextRoot,
  verifySnapshot,
  verifyTargets,
  verifyTimestamp,
} from "./rules.ts";
import { allDelegations, ROLES_MAX, type RoleRequest, searchTarget } from "./search.ts";
import { isExpired, isFrozen, noteCycle, raiseFloor, type Wall } from "./security-clock.ts";
import type { TrustKeeper } from "./trust-keeper.ts";

export interface CatalogueClientOptions {
  readonly http: HttpClient;
  readonly metadataUrl: string;
  readonly files: RoleFiles;
  readonly trust: TrustKeeper;
  readonly crypto: Crypto;
  /** The root that came with the program or at enrolment; used when the one kept is not there. */
  readonly firstRoot: Uint8Array | null;
  readonly isStrict?: boolean;
  wall(): Wall;
  /** Uptime since the last refresh that ran, as far as it is known. */
  uptimeSinceLastMs?(): number;
}

/** Why it went no further. What was trusted before is as it was. */
export type Halt =
  | { readonly kind: "refused"; readonly role: string; readonly why: Refusal | "too-large" }
  | { readonly kind: "unreachable"; readonly role: string };

export type RefreshOutcome =
  | { readonly kind: "fresh"; readonly grew: boolean; readonly isFrozen: boolean }
  | Halt;

export type Search =
  | { readonly kind: "found"; readonly target: TufTarget }
  /** No role that may speak for this path lists it. */
  | { readonly kind: "none" }
  | Halt;

/** Ends a refresh or a search half-way. */
class Stop extends Error {
  readonly halt: Halt;

  constructor(halt: Halt) {
    super(halt.kind);
    this.halt = halt;
  }
}

/** A chain longer than this is continued in the next cycle. */
const ROOT_STEPS_MAX = 32;

interface Trusted {
  readonly root: TufRoot;
  readonly snapshot: TufSnapshot;
  readonly targets: TufTargets;
}

export class CatalogueClient {
  readonly #options: CatalogueClientOptions;
  readonly #origin: Origin;
  #trusted: Trusted | null = null;

  constructor(options: CatalogueClientOptions) {
    this.#options = options;
    this.#origin = new Origin(options.http, options.metadataUrl);
  }

  /** @throws StorageError */
  refresh(): Promise<RefreshOutcome> {
    return this.#guard<RefreshOutcome>(async () => {
      this.#trusted = null;
      const root = await this.#updateRoot();
      const { timestamp, grew } = await this.#updateTimestamp(root);
      const snapshot = await this.#updateSnapshot(root, timestamp);
      const by = delegatorOf(root, "targets");
      const targets = await this.#updateTargets({ role: "targets", by }, snapshot);
      this.#trusted = { root, snapshot, targets };
      const elapsedMs = this.#options.uptimeSinceLastMs?.() ?? 0;
      const { trust } = this.#options;
      await trust.change({ freeze: noteCycle(trust.state.freeze, { grew, elapsedMs }) });
      return { kind: "fresh", grew, isFrozen: isFrozen(trust.state.freeze) };
    });
  }

  /** After a refresh that was fresh. */
  findTarget(path: string): Promise<Search> {
    return this.#guard<Search>(async () => {
      const { targets } = this.#trusted ?? {};
      if (targets === undefined) return { kind: "none" };
      const search = searchTarget(path, targets, this.#options.crypto.sha256);
      let step = search.next();
      while (step.done !== true) step = search.next(await this.#document(step.value));
      return step.value === null ? { kind: "none" } : { kind: "found", target: step.value };
    });
  }

  /** After a refresh that was fresh: every role that is delegated to. Null: all are here. */
  fetchDelegations(): Promise<Halt | null> {
    return this.#guard(async () => {
      const { targets } = this.#trusted ?? {};
      const queue = targets === undefined ? [] : allDelegations(targets);
      const done = new Set<string>();
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (done.has(next.role) || done.size >= ROLES_MAX) continue;
        done.add(next.role);
        queue.push(...allDelegations(await this.#document(next)));
      }
      return null;
    });
  }

  /** What was trusted last, from the files alone. */
  kept(): Promise<ReadonlyMap<string, TufTargets>> {
    return keptDocuments(this.#options);
  }

  /** What is kept was not signed too long ago, as far as this box knows the time. */
  async isKeptFresh(): Promise<boolean> {
    const { files, crypto, trust, wall, isStrict = false } = this.#options;
    const root = await keptRoot(this.#options);
    const bytes = await files.read("timestamp");
    if (!root.ok || bytes === null) return false;
    const timestamp = verifyTimestamp(bytes, { root: root.value, highest: {}, crypto });
    const clock = { floorMs: trust.state.floorMs, wall: wall(), isStrict };
    return timestamp.ok && !isExpired(timestamp.value.expires, clock);
  }

  #document(request: RoleRequest): Promise<TufTargets> {
    assert(this.#trusted !== null, "delegations come from what is trusted");
    return this.#updateTargets(request, this.#trusted.snapshot);
  }

  async #guard<T>(act: () => Promise<T>): Promise<T | Halt> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Stop) return error.halt;
      throw error;
    }
  }

  async #updateRoot(): Promise<TufRoot> {
    const { trust, crypto, files } = this.#options;
    let root = demand("root", await keptRoot(this.#options));
    if (trust.state.highest.root === undefined) {
      const kept = {
        timestamp: await files.read("timestamp"),
        snapshot: await files.read("snapshot"),
      };
      await trust.change({ highest: restoreVersions(root, kept, crypto) });
    }
    for (let step = 0; step < ROOT_STEPS_MAX; step += 1) {
      const version = root.version + 1;
      const answer = await this.#ask("root", version, SIZE_MAX.root);
      if (answer.kind === "absent") break;
      const next = demand("root", verifyNextRoot(bytesOf("root", answer), root, crypto));
      const isCleared = takesOnlineKeyAway(root, next);
      const highest = isCleared ? forgetOnline(trust.state.highest) : trust.state.highest;
      await trust.change({ highest: { ...highest, root: next.version } });
      await files.write("root", bytesOf("root", answer));
      root = next;
    }
    const isOlder = root.version < (trust.state.highest.root ?? 0);
    if (isOlder) throw stop("root", "rolled-back");
    this.#demandFresh("root", root.expires);
    return root;
  }

  async #updateTimestamp(root: TufRoot): Promise<{ timestamp: TufTimestamp; grew: boolean }> {
    const { files, trust } = this.#options;
    const kept = await files.read("timestamp");
    const local = kept === null ? refuse("malformed") : verifyTimestamp(kept, this.#believe(root));
    const bytes = await this.#fetch("timestamp", null, SIZE_MAX.timestamp);
    const next = demand("timestamp", verifyTimestamp(bytes, this.#believe(root)));
    // §5.4.3.1: the same version is the same document, whatever it says now.
    const isKnown = local.ok && local.value.version === next.version;
    const timestamp = isKnown ? local.value : next;
    this.#demandFresh("timestamp", timestamp.expires);
    if (isKnown) return { timestamp, grew: false };
    const snapshot = timestamp.meta["snapshot.json"].version;
    const highest = { ...trust.state.highest, timestamp: timestamp.version, snapshot };
    await trust.change({ highest, floorMs: raiseFloor(trust.state.floorMs, issuedOf(timestamp)) });
    await files.write("timestamp", bytes);
    return { timestamp, grew: true };
  }

  async #updateSnapshot(root: TufRoot, timestamp: TufTimestamp): Promise<TufSnapshot> {
    const { files, trust } = this.#options;
    const announced = timestamp.meta["snapshot.json"];
    const verify = (bytes: Uint8Array) => verifySnapshot(bytes, announced, this.#believe(root));
    const kept = await files.read("snapshot");
    const local = kept === null ? refuse("malformed") : verify(kept);
    if (local.ok) {
      this.#demandFresh("snapshot", local.value.expires);
      return local.value;
    }
    const maxBytes = Math.min(announced.length ?? SIZE_MAX.snapshot, SIZE_MAX.snapshot);
    const bytes = await this.#fetch("snapshot", announced.version, maxBytes);
    const snapshot = demand("snapshot", verify(bytes));
    this.#demandFresh("snapshot", snapshot.expires);
    const highest: Highest = { ...trust.state.highest, ...highestOf(snapshot) };
    await trust.change({ highest });
    await files.write("snapshot", bytes);
    return snapshot;
  }

  async #updateTargets({ role, by }: RoleRequest, snapshot: TufSnapshot): Promise<TufTargets> {
    const { files, crypto } = this.#options;
    const announced = metaOf(snapshot.meta, role);
    if (announced === null) throw stop(role, "not-listed");
    const verify = (bytes: Uint8Array) => verifyTargets(bytes, announced, { by, crypto });
    const kept = await files.read(role);
    const local = kept === null ? refuse("malformed") : verify(kept);
    if (local.ok) {
      this.#demandFresh(role, local.value.expires);
      return local.value;
    }
    // Ours, but signed by others than this delegation names: asking again brings the same.
    const isOurs = kept !== null && announced.hashes !== undefined;
    if (isOurs && checkBytes(kept, announced, crypto.sha256) === null) throw stop(role, local.why);
    const maxBytes = Math.min(announced.length ?? SIZE_MAX.targets, SIZE_MAX.targets);
    const bytes = await this.#fetch(role, announced.version, maxBytes);
    const targets = demand(role, verify(bytes));
    this.#demandFresh(role, targets.expires);
    await files.write(role, bytes);
    return targets;
  }

  #believe(root: TufRoot): Believed {
    const { trust, crypto } = this.#options;
    return { root, highest: trust.state.highest, crypto };
  }

  #demandFresh(role: string, expires: string): void {
    const { trust, wall, isStrict = false } = this.#options;
    const clock = { floorMs: trust.state.floorMs, wall: wall(), isStrict };
    if (isExpired(expires, clock)) throw stop(role, "expired");
  }

  async #ask(role: string, version: number | null, maxBytes: number): Promise<Answer> {
    const answer = await this.#origin.document({ role, version, maxBytes });
    if (answer.kind === "unreachable") throw new Stop({ kind: "unreachable", role });
    return answer;
  }

  async #fetch(role: string, version: number | null, maxBytes: number): Promise<Uint8Array> {
    return bytesOf(role, await this.#ask(role, version, maxBytes));
  }
}

function stop(role: string, why: Refusal | "too-large"): Stop {
  return new Stop({ kind: "refused", role, why });
}

function demand<T>(role: string, verdict: Verdict<T>): T {
  if (verdict.ok) return verdict.value;
  throw stop(role, verdict.why);
}

function bytesOf(role: string, answer: Answer): Uint8Array {
  if (answer.kind === "ok") return answer.bytes;
  if (answer.kind === "too-large") throw stop(role, "too-large");
  throw new Stop({ kind: "unreachable", role });
}

function issuedOf(timestamp: TufTimestamp): string | undefined {
  return timestamp["x-issued"];
}
