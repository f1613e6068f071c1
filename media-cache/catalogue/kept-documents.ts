/**
 * What was trusted last time, from the files alone: without a network, and whether it has expired
 * or not, because nothing is installed from it but what is here is still ours.
 */
import type { TufMeta, TufRoot, TufTargets } from "../../protocol/generated/types.ts";
import type { Crypto } from "./metadata.ts";
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

/** Role → document, `targets` first; empty when any link of the chain is missing. */
export async function keptDocuments(
  files: RoleFiles,
  crypto: Crypto,
): Promise<Map<string, TufTargets>> {
  const documents = new Map<string, TufTargets>();
  const chain = await keptChain(files, crypto);
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

async function keptChain(files: RoleFiles, crypto: Crypto) {
  const root = await keptRoot(files, crypto);
  const timestampBytes = await files.read("timestamp");
  const snapshotBytes = await files.read("snapshot");
  if (root === null || timestampBytes === null || snapshotBytes === null) return null;
  const believed = { root, highest: {}, crypto };
  const timestamp = verifyTimestamp(timestampBytes, believed);
  if (!timestamp.ok) return null;
  const announced = timestamp.value.meta["snapshot.json"];
  const snapshot = verifySnapshot(snapshotBytes, announced, believed);
  return snapshot.ok ? { root, meta: snapshot.value.meta } : null;
}

async function keptRoot(files: RoleFiles, crypto: Crypto): Promise<TufRoot | null> {
  const bytes = await files.read("root");
  const verdict = bytes === null ? null : verifyFirstRoot(bytes, crypto);
  return verdict?.ok === true ? verdict.value : null;
}
