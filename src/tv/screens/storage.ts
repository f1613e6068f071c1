/** 存储与更新: the disk, the lessons on their way, what the nights brought, what to do. */
import type { LessonCard } from "../../../protocol/generated/types.ts";
import type { MachineState } from "../../../protocol/page-api.ts";
import { LinesScreen } from "../parts/lines-screen.ts";
import type { ScreenContext } from "../screen.ts";
import { storageLines } from "./storage/storage-words.ts";

export class StorageScreen extends LinesScreen {
  readonly name = "storage";

  constructor(context: ScreenContext) {
    super(context, {
      back: "设置",
      async read({ fetchJson, view }) {
        const machine = await fetchJson<MachineState>("/api/machine");
        const lessons = await fetchJson<LessonCard[]>("/api/lessons");
        if (machine === null || lessons === null) return null;
        const { clock, banners } = view();
        const isSpaceLow = banners.some(({ code }) => code === "space-low");
        const lines = storageLines({ machine, lessons, clock, isSpaceLow });
        return { heading: "存储与更新", lines };
      },
    });
  }

  /** A lesson that came meanwhile. */
  onView(): void {
    this.readAgain();
  }
}
