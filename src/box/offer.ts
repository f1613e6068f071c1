/** What the county supplies, as room and library see it; changes with the county. */
import type { CatalogueLesson } from "../../media-cache/catalogue/catalogue.ts";
import type { SupplyState } from "../../protocol/page-api.ts";
import type { RoomSupply } from "../room/room-ports.ts";
import type { BoxRefresh } from "./refresh.ts";

const NONE: readonly CatalogueLesson[] = [];

export class Offer implements RoomSupply {
  #refresh: BoxRefresh | null = null;
  #listed: readonly CatalogueLesson[] = NONE;
  #ids: ReadonlySet<string> = new Set();

  /** Null: nothing is supplied any more. */
  use(refresh: BoxRefresh | null): void {
    this.#refresh = refresh;
  }

  has(id: string): boolean {
    const lessons = this.lessons();
    if (lessons !== this.#listed) {
      this.#listed = lessons;
      this.#ids = new Set(lessons.map((lesson) => lesson.id));
    }
    return this.#ids.has(id);
  }

  lessons(): readonly CatalogueLesson[] {
    return this.#refresh?.offered() ?? NONE;
  }

  wanted(): readonly string[] {
    return this.#refresh?.wanted() ?? [];
  }

  want(id: string): Promise<void> {
    return this.#refresh?.want(id) ?? Promise.resolve();
  }

  state(): SupplyState | null {
    const refresh = this.#refresh;
    return refresh === null ? null : { nights: refresh.state(), window: refresh.window() };
  }
}
