/**
 * What was trusted last time, from the files alone: without a network, and whether it has expired
 * or not, because nothing is installed from it but what is here is still ours.
 */
import type { TufMeta, TufRoot, TufTargets } from "../../protocol/generated/types.ts";
import { type Crypto, refuse, type Verdict } from "./metadata.ts";
import type { RoleFiles } from "./role-files.ts";
import {
  delegatorOf,
  metaOf,
  verifyFirstRoot,
  verifySnapshot,
  verifyTargets,
  verifyTimestamp,
} from "./rules.ts";
import { allDelegations, ROLES_MAX, type RoleRequest } from "./search.ts";

export interface KeptPlace {
  readonly files: RoleFiles;
  readonly crypto: Crypto;
  /** The root that came with the program or at enrolment. */
  readonly firstRoot: Uint8Array | null;
}

/** Role → document, `targets` first; empty when any link of the chain is missing. */
export async function keptDocuments(place: KeptPlace): Promise<Map<string, TufTargets>> {
  const { files, crypto } = place;
  const documents = new Map<string, TufTargets>();
  const chain = await keptChain(place);
  if (chain === null) return documents;
  const queue: RoleRequest[] = [{ role: "targets", by: delegatorOf(chain.root, "targets") }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const announced = documents.has(next.role) ? null : metaOf(chain.meta, next.role);
    if (announced === null || documents.size > ROLES_MAX) continue;
    const document = await keptTargets({ files, crypto, announced, request: next });
    if (document === null) continue;
    documents.set(next.role, document);
    queue.push(...allDelegations(document));
  }
  return documents;
}

interface KeptTargets {
  readonly files: RoleFiles;
  readonly crypto: Crypto;
  readonly announced: TufMeta;
  readonly request: RoleRequest;
}

async function keptTargets({ files, crypto, announced, request }: KeptTargets) {
  const bytes = await files.read(request.role);
  if (bytes === null) return null;
  const verdict = verifyTargets(bytes, announced, { by: request.by, crypto });
  return verdict.ok ? verdict.value : null;
}

async function keptChain(place: KeptPlace) {
  const { files, crypto } = place;
  const root = await keptRoot(place);
  const timestampBytes = await files.read("timestamp");
  const snapshotBytes = await files.read("snapshot");
  if (!root.ok || timestampBytes === null || snapshotBytes === null) return null;
  const believed = { root: root.value, highest: {}, crypto };
  const timestamp = verifyTimestamp(timestampBytes, believed);
  if (!timestamp.ok) return null;
  const announced = timestamp.value.meta["snapshot.json"];
  const snapshot = verifySnapshot(snapshotBytes, announced, believed);
  return snapshot.ok ? { root: root.value, meta: snapshot.value.meta } : null;
}

/** The one that is kept, or else the one that everything began with. */
export async function keptRoot({ files, crypto, firstRoot }: KeptPlace): Promise<Verdict<TufRoot>> {
  let verdict: Verdict<TufRoot> = refuse("malformed");
  for (const bytes of [await files.read("root"), firstRoot]) {
    if (bytes !== null && !verdict.ok) verdict = verifyFirstRoot(bytes, crypto);
  }
  return verdict;
}
