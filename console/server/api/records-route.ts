/** All records of one box, as `register repair --from-export` takes them. */
import type { FastifyInstance } from "fastify";
import { REGISTER_EXPORT_SCHEMA } from "../../../protocol/register-export.ts";
import { isBoxKnown } from "../store/box-store.ts";
import { cursorsOf, recordsBetween } from "../store/record-store.ts";
import { audit } from "../store/user-store.ts";
import { boxIdOf, noSuchBox } from "./api-problem.ts";
import { demandAdmin } from "./auth.ts";
import type { ApiContext } from "./context.ts";

/** Read from the database at once. */
const PAGE_RECORDS = 1000;

export function registerRecords(app: FastifyInstance, context: ApiContext): void {
  const { database, clock } = context;
  app.get<{ Params: { id: string } }>("/api/boxes/:id/records", async (request, reply) => {
    const me = demandAdmin(request);
    const box = boxIdOf(request.params.id);
    if (!(await isBoxKnown(database, box))) throw noSuchBox();
    await audit(database, { who: me.user, act: "export", subject: box, nowMs: clock.nowMs() });
    const text = await writeRecords(context, box);
    return reply.header("content-type", "application/x-ndjson; charset=utf-8").send(text);
  });
}

/** With holes where the county has some: the box proves each record before it takes it. */
async function writeRecords({ database }: ApiContext, boxId: string): Promise<string> {
  const cursors = await cursorsOf(database, boxId);
  const lines: string[] = [];
  for (const { epoch } of cursors) {
    let from = 1;
    for (;;) {
      const range = { from, to: Number.MAX_SAFE_INTEGER, limit: PAGE_RECORDS };
      const page = await recordsBetween(database, { box: boxId, epoch }, range);
      for (const { s, h, p: json } of page) lines.push(JSON.stringify({ e: epoch, s, h, json }));
      if (page.length < PAGE_RECORDS) break;
      from = (page[page.length - 1]?.s ?? 0) + 1;
    }
  }
  const epochs = cursors.map(({ epoch, contig, hash }) => ({
    epoch,
    first: 1,
    head: contig,
    hash,
  }));
  const head = { schema: REGISTER_EXPORT_SCHEMA, boxId, epochs, recordCount: lines.length };
  return `${[JSON.stringify(head), ...lines].join("\n")}\n`;
}
