/**
 * Where the page is, kept behind the `#` of its address: it works from any folder of any server,
 * and a reload or a copied link comes back to the same place, filters and all.
 */
import { useSyncExternalStore } from "react";

const whole = (): string => `/${location.hash.replace(/^#?\/?/, "")}`;
const path = (): string => whole().split("?")[0] ?? "/";
const search = (): string => whole().split("?")[1] ?? "";

function subscribe(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  addEventListener("popstate", changed);
  return () => {
    removeEventListener("hashchange", changed);
    removeEventListener("popstate", changed);
  };
}

function go(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const url = `#${to}`;
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  dispatchEvent(new Event("hashchange"));
}

/** wouter's hook of the place. */
export function useHashPath(): [string, typeof go] {
  return [useSyncExternalStore(subscribe, path), go];
}
useHashPath.hrefs = (href: string): string => `#${href}`;

/** wouter's hook of what stands behind the `?`. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, search);
}

/** Changes what stands behind the `?` and leaves no step to go back to. */
export function setHashSearch(values: Readonly<Record<string, string | null>>): void {
  const kept = new URLSearchParams(search());
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === "") kept.delete(name);
    else kept.set(name, value);
  }
  const text = kept.toString();
  go(text === "" ? path() : `${path()}?${text}`, { replace: true });
}
