/**
 * Which target a path is: through the delegations, depth first and in their order (TUF §5.6.7).
 * Pure: whoever drives the search brings the documents it asks for.
 */
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { TufDelegatedRole, TufTarget, TufTargets } from "../../protocol/generated/types.ts";
import type { Delegator } from "./metadata.ts";

/** More roles than any county has; a bound for a catalogue that delegates without end. */
export const ROLES_MAX = 32;

export interface RoleRequest {
  readonly role: string;
  readonly by: Delegator;
}

interface Step extends RoleRequest {
  readonly isTerminating: boolean;
}

/** Asks for documents, one after the other; a null ends the search without a target. */
export function* searchTarget(
  path: string,
  targets: TufTargets,
  sha256: Sha256,
): Generator<RoleRequest, TufTarget | null, TufTargets | null> {
  const visited = new Set(["targets"]);
  const stack: Step[] = [];
  let current = targets;
  for (;;) {
    const found = ownTarget(current, path);
    if (found !== null) return found;
    pushDelegations(stack, delegationsFor(current, path, sha256));
    const next = nextUnvisited(stack, visited);
    if (next === null || visited.size > ROLES_MAX) return null;
    visited.add(next.role);
    const document = yield { role: next.role, by: next.by };
    if (document === null) return null;
    current = document;
  }
}

/** Beyond a terminating delegation nothing is asked any more, here nor further up. */
function pushDelegations(stack: Step[], matching: Step[]): void {
  const end = matching.findIndex(({ isTerminating }) => isTerminating);
  if (end >= 0) stack.length = 0;
  stack.push(...(end < 0 ? matching : matching.slice(0, end + 1)).reverse());
}

function nextUnvisited(stack: Step[], visited: ReadonlySet<string>): Step | null {
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if (!visited.has(step.role)) return step;
  }
  return null;
}

function ownTarget({ targets }: TufTargets, path: string): TufTarget | null {
  return Object.hasOwn(targets, path) ? (targets[path] ?? null) : null;
}

function delegationsFor({ delegations }: TufTargets, path: string, sha256: Sha256): Step[] {
  const { keys = {}, roles = [] } = delegations ?? {};
  return roles
    .filter((role) => isDelegated(role, path, sha256))
    .map((role) => ({ role: role.name, by: { keys, role }, isTerminating: role.terminating }));
}

/** Every role that a document delegates to, whatever for. */
export function allDelegations({ delegations }: TufTargets): RoleRequest[] {
  const { keys = {}, roles = [] } = delegations ?? {};
  return roles.map((role) => ({ role: role.name, by: { keys, role } }));
}

function isDelegated(role: TufDelegatedRole, path: string, sha256: Sha256): boolean {
  const { paths = [], path_hash_prefixes: prefixes = [] } = role;
  if (paths.some((pattern) => matchesPath(pattern, path))) return true;
  const hash = prefixes.length === 0 ? "" : sha256.digest(new TextEncoder().encode(path));
  return prefixes.some((prefix) => hash.startsWith(prefix));
}

/** `*` any run and `?` any one character of a segment; neither crosses a slash. */
export function matchesPath(pattern: string, path: string): boolean {
  const patterns = pattern.split("/");
  const parts = path.split("/");
  if (patterns.length !== parts.length) return false;
  return patterns.every((each, at) => matchesPart([...each], [...(parts[at] ?? "")]));
}

/** Remembers the last star alone: its time is bounded by the product of the lengths. */
function matchesPart(pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let from = 0; from < text.length; ) {
    if (pattern[at] === "*") {
      star = at;
      resume = from;
      at += 1;
    } else if (pattern[at] === "?" || pattern[at] === text[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      resume += 1;
      from = resume;
      at = star + 1;
    } else return false;
  }
  return pattern.slice(at).every((sign) => sign === "*");
}
