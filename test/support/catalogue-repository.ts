/** A county's catalogue in memory, made by hand so that every part of it can be made wrong. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { canonicalJson } from "../../media-cache/catalogue/canonical-json.ts";
import { CatalogueClient } from "../../media-cache/catalogue/catalogue-client.ts";
import { RoleFiles } from "../../media-cache/catalogue/role-files.ts";
import { TrustKeeper } from "../../media-cache/catalogue/trust-keeper.ts";
import { TwoGenerations } from "../../media-cache/refresh/two-generations.ts";
import { FakeDisk } from "../../platform/fake/fake-disk.ts";
import { FakeHttpClient } from "../../platform/fake/fake-http-client.ts";
import { nodeKeyVerifier } from "../../platform/node/node-key-verifier.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { TufKey } from "../../protocol/generated/types.ts";

export const CRYPTO = { verifier: nodeKeyVerifier(), sha256: nodeSha256 };
export const URL = "http://origin.test/metadata/";
export const YEAR_3000 = "3000-01-01T00:00:00Z";
/** 2026-11-01: when the program was built. */
export const BUILT_MS = Date.UTC(2026, 10, 1);

export interface TestKey {
  readonly id: string;
  readonly key: TufKey;
  readonly secret: KeyObject;
}

export function newKey(): TestKey {
  const { privateKey: secret, publicKey } = generateKeyPairSync("ed25519");
  const bytes = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const key = {
    keytype: "ed25519",
    scheme: "ed25519",
    keyval: { public: bytes.toString("hex") },
  };
  return { id: idOf(key), key, secret };
}

export function idOf(key: TufKey): string {
  return sha256(canonicalJson(key) ?? new Uint8Array());
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What a role is: who signs it, and how many of them it takes. */
export interface TestRole {
  keys: TestKey[];
  threshold: number;
}

type Top = "root" | "timestamp" | "snapshot" | "targets";

// biome-ignore lint/suspicious/noExplicitAny: made wrong on purpose, in every way
type Loose = any;

export class CatalogueRepository {
  readonly http = new FakeHttpClient();
  readonly roles: Record<string, TestRole> = {};
  root: Loose;
  timestamp: Loose;
  snapshot: Loose;
  targets: Loose;
  lessons: Loose;

  constructor() {
    for (const role of ["root", "timestamp", "snapshot", "targets", "lessons"]) {
      this.roles[role] = { keys: [newKey()], threshold: 1 };
    }
    const head = (_type: string) => ({
      ...{ _type, spec_version: "1.0.31", version: 0, expires: YEAR_3000 },
    });
    this.root = { ...head("root"), consistent_snapshot: true };
    this.timestamp = { ...head("timestamp"), "x-issued": "2026-11-02T00:00:00Z", meta: {} };
    this.snapshot = { ...head("snapshot"), meta: {} };
    this.targets = { ...head("targets"), targets: {} };
    this.lessons = { ...head("targets"), targets: {} };
    this.publish();
  }

  role(name: string): TestRole {
    return this.roles[name] ?? { keys: [], threshold: 1 };
  }

  /** Every role one version on; `root` only when asked. */
  publish(roles: readonly string[] = ["root", "lessons", "targets", "snapshot", "timestamp"]) {
    if (roles.includes("root")) this.#publishRoot();
    if (roles.includes("lessons")) this.#publishPart("lessons");
    if (roles.includes("targets")) {
      const { keys, threshold } = this.role("lessons");
      const role = { name: "lessons", keyids: keys.map(({ id }) => id), threshold };
      this.targets.delegations = {
        keys: Object.fromEntries(keys.map(({ id, key }) => [id, key])),
        roles: [{ ...role, terminating: true, paths: ["lessons/*/*"] }],
      };
      this.#publishPart("targets");
    }
    if (roles.includes("snapshot")) {
      this.snapshot.version += 1;
      const bytes = this.put("snapshot", `${this.snapshot.version}.snapshot`, this.snapshot);
      this.timestamp.meta["snapshot.json"] = metaOf(this.snapshot.version, bytes);
    }
    if (roles.includes("timestamp")) {
      this.timestamp.version += 1;
      this.put("timestamp", "timestamp", this.timestamp);
    }
  }

  #publishRoot(before = this.signersOfRoot): void {
    this.root.version += 1;
    const tops: Top[] = ["root", "timestamp", "snapshot", "targets"];
    const all = tops.flatMap((name) => this.role(name).keys);
    this.root.keys = Object.fromEntries(all.map(({ id, key }) => [id, key]));
    this.root.roles = Object.fromEntries(
      tops.map((name) => {
        const { keys, threshold } = this.role(name);
        return [name, { keyids: keys.map(({ id }) => id), threshold }];
      }),
    );
    const signers = [...new Set([...before, ...this.role("root").keys])];
    this.serve(`${this.root.version}.root`, signed(this.root, signers));
    this.absent(`${this.root.version + 1}.root`);
    this.signersOfRoot = [...this.role("root").keys];
  }

  /** Those of the last root: they sign the next one, too. */
  signersOfRoot: TestKey[] = [];

  #publishPart(name: "targets" | "lessons"): void {
    const document = this[name];
    document.version += 1;
    const bytes = this.put(name, `${document.version}.${name}`, document);
    this.snapshot.meta[`${name}.json`] = metaOf(document.version, bytes);
  }

  put(role: string, name: string, document: Loose): Uint8Array {
    const bytes = signed(document, this.role(role).keys);
    this.serve(name, bytes);
    return bytes;
  }

  serve(name: string, bytes: Uint8Array): void {
    this.http.answers.set(`${URL}${name}.json`, { kind: "ok", bytes });
  }

  /** What the origin does not have it says so. */
  absent(name: string): void {
    this.http.answers.set(`${URL}${name}.json`, { kind: "refused", status: 404 });
  }

  bytes(name: string): Uint8Array {
    const answer = this.http.answers.get(`${URL}${name}.json`);
    return answer?.kind === "ok" ? answer.bytes : new Uint8Array();
  }

  addLesson(id: string, version: number, text = `manifest of ${id} ${version}`): void {
    const bytes = new TextEncoder().encode(text);
    const facts = { number: "1001", title: "稻瘟病", category: "农村实用技术" };
    this.lessons.targets[`lessons/${id}/${version}.json`] = {
      length: bytes.length,
      hashes: { sha256: sha256(bytes) },
      custom: { kind: "lesson", id, version, ...facts, priority: 0, bytes: 1000 },
    };
    const url = `http://origin.test/targets/lessons/${id}/${sha256(bytes)}.${version}.json`;
    this.http.answers.set(url, { kind: "ok", bytes });
  }
}

export function metaOf(version: number, bytes: Uint8Array) {
  return { version, length: bytes.length, hashes: { sha256: sha256(bytes) } };
}

export function signed(document: Loose, keys: readonly TestKey[]): Uint8Array {
  const message = canonicalJson(document) ?? new Uint8Array();
  const signatures = keys.map(({ id, secret }) => ({
    keyid: id,
    sig: sign(null, message, secret).toString("hex"),
  }));
  return new TextEncoder().encode(JSON.stringify({ signatures, signed: document }));
}

export interface TestBox {
  readonly disk: FakeDisk;
  readonly client: CatalogueClient;
  readonly trust: TrustKeeper;
  refresh(): ReturnType<CatalogueClient["refresh"]>;
  /** After a restart: everything but the disk is new. */
  restart(): Promise<TestBox>;
  version(role: string): number | null;
}

export interface BoxOptions {
  readonly disk?: FakeDisk;
  readonly firstRoot?: Uint8Array;
  readonly isStrict?: boolean;
  readonly wall?: { unixMs: number; isSynced: boolean };
  readonly uptimeSinceLastMs?: () => number;
}

export async function openBox(
  repo: CatalogueRepository,
  options: BoxOptions = {},
): Promise<TestBox> {
  const { disk = new FakeDisk(), firstRoot = repo.bytes("1.root") } = options;
  const { isStrict = false, wall = { unixMs: 0, isSynced: false } } = options;
  const trust = await TrustKeeper.open(new TwoGenerations(disk, "state"), BUILT_MS);
  if (trust === null) throw new Error("a newer state");
  const client = new CatalogueClient({
    ...{ http: repo.http, metadataUrl: URL, files: new RoleFiles(disk, "meta/") },
    ...{ trust, crypto: CRYPTO, firstRoot, isStrict, wall: () => wall },
    uptimeSinceLastMs: options.uptimeSinceLastMs ?? (() => 0),
  });
  return {
    disk,
    client,
    trust,
    refresh: () => client.refresh(),
    restart: () => openBox(repo, { ...options, disk, firstRoot }),
    version(role) {
      const bytes = disk.files.get(`meta/${role}.json`);
      return bytes === undefined
        ? null
        : JSON.parse(new TextDecoder().decode(bytes)).signed.version;
    },
  };
}
