/** The built page in a real browser, over a room in memory: any roster, any past, no disk. */
import type { Browser } from "playwright-core";
import { openDoor } from "../../src/link/door.ts";
import type { FakeRoom } from "./fake-room.ts";
import { ROOT } from "./process.ts";
import { openTv, type Tv } from "./remote.ts";

export interface OpenPage {
  readonly tv: Tv;
  close(): Promise<void>;
}

const TOKEN = "a-token-of-a-test";

export async function openPage(browser: Browser, fake: FakeRoom): Promise<OpenPage> {
  const door = await openDoor({
    port: 0,
    token: TOKEN,
    pageFolder: `${ROOT}/dist/tv`,
    room: fake.room,
    library: fake.library,
    watch: { alive: () => {}, pages: () => {} },
  });
  const tv = await openTv(browser, `http://127.0.0.1:${door.port}/?k=${TOKEN}`);
  return {
    tv,
    async close() {
      await tv.close();
      await door.close();
    },
  };
}
