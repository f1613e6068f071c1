/** Lessons on their way: the catalogue, when boxes may fetch, and what came of each night. */
import type { FastifyInstance } from "fastify";
import type { RefreshLine, SupplyState } from "../../../protocol/console-api.ts";
import { isSupplySettings } from "../../../protocol/generated/validators.js";
import { isBoxKnown } from "../store/box-store.ts";
import {
  askForRefresh,
  boxSupplies,
  putSupplySettings,
  refreshesOf,
  supplySettings,
} from "../store/supply-store.ts";
import { audit } from "../store/user-store.ts";
import { boxIdOf, noSuchBox } from "./api-problem.ts";
import { demandAdmin } from "./auth.ts";
import type { ApiContext } from "./context.ts";
import { demand } from "./schema-text.ts";

export function registerSupply(app: FastifyInstance, context: ApiContext): void {
  const { database, clock } = context;
  app.get("/api/supply", () => supplyState(context));
  app.put("/api/supply/settings", async (request, reply) => {
    const me = demandAdmin(request);
    const settings = demand(isSupplySettings, request.body, "更新设置");
    await database.transaction(async (db) => {
      await putSupplySettings(db, settings);
      const nowMs = clock.nowMs();
      await audit(db, { who: me.user, act: "put-supply", subject: "-", nowMs });
    });
    await context.publishConfig(null);
    reply.code(204);
  });
  registerBoxSupply(app, context);
}

function registerBoxSupply(app: FastifyInstance, context: ApiContext): void {
  const { database, clock } = context;
  interface BoxRequest {
    Params: { id: string };
  }
  app.get<BoxRequest>("/api/boxes/:id/refreshes", (request): Promise<RefreshLine[]> => {
    return refreshesOf(database, boxIdOf(request.params.id));
  });
  app.post<BoxRequest>("/api/boxes/:id/refresh", async (request, reply) => {
    const box = boxIdOf(request.params.id);
    if (!(await isBoxKnown(database, box))) throw noSuchBox();
    await database.transaction(async (db) => {
      await askForRefresh(db, box);
      const who = request.me?.user ?? "-";
      await audit(db, { who, act: "ask-refresh", subject: box, nowMs: clock.nowMs() });
    });
    await context.publishConfig(box);
    reply.code(204);
  });
}

async function supplyState(context: ApiContext): Promise<SupplyState> {
  const { database, clock, origin, lostDebounceMs } = context;
  // What was published a moment ago is shown, and a new root told to the boxes.
  await origin.look();
  const catalogue = await origin.catalogue();
  const moment = { nowMs: clock.nowMs(), debounceMs: lostDebounceMs };
  return {
    catalogue:
      catalogue === null
        ? null
        : {
            lessons: catalogue.lessons,
            issuedAtMs: catalogue.issuedAtMs,
            expiresAtMs: catalogue.expiresAtMs,
          },
    trouble: origin.trouble,
    due: origin.due,
    settings: await supplySettings(database),
    boxes: await boxSupplies(database, moment),
  };
}
