/** Which screen is shown. Pure: a session decides, and the page's own places only without one. */
import type { FlowStage, View } from "../../protocol/generated/types.ts";
import type { Place } from "./screen.ts";

export type Target =
  | { readonly kind: "stage"; readonly stage: ShownStage; readonly key: string }
  | { readonly kind: "place"; readonly place: Place; readonly key: string };

/** A stage of the method, or the question for the date that is asked over any of them. */
export type ShownStage = FlowStage["kind"] | "confirm-date";

/** Places that lie over a stage. */
export const OVER_SESSION: ReadonlySet<string> = new Set(["late", "guests", "tasks", "paper"]);

/** `key`: a new one is a new screen, the same one keeps its screen and whatever it holds. */
export function targetOf(view: View, places: readonly Place[]): Target {
  const { session } = view;
  const top = places[places.length - 1] ?? { kind: "home" };
  if (session === null || (OVER_SESSION.has(top.kind) && session.closed === null)) {
    return { kind: "place", place: top, key: placeKey(top) };
  }
  if (session.closed !== null) {
    return { kind: "stage", stage: "closing", key: `${session.id}/closed` };
  }
  if (view.clock.ask) {
    return { kind: "stage", stage: "confirm-date", key: `${session.id}/confirm-date` };
  }
  const stage = session.flow[session.at]?.kind ?? "closing";
  return { kind: "stage", stage, key: `${session.id}/${session.at}` };
}

function placeKey(place: Place): string {
  return "id" in place ? `${place.kind}/${place.id}` : place.kind;
}

/** A session that begins or ends leaves the places behind: home is where one comes back to. */
export function placesAfter(
  places: readonly Place[],
  before: View | null,
  after: View,
): readonly Place[] {
  if (before === null && isNew(after)) return [{ kind: "home" }, { kind: "setup" }];
  const same = (before?.session?.id ?? null) === (after.session?.id ?? null);
  return same ? places : [{ kind: "home" }];
}

/** A TV that was never set up asks before anything else; not over what was begun. */
function isNew({ site, home, session }: View): boolean {
  return site.setUp === false && session === null && home.resume === null;
}
