/** What a box wrote onto a stick, taken in once: docs/formats/register-export.md. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ImportAnswer } from "../../../protocol/console-api.ts";
import type { SealedHead } from "../../../protocol/generated/types.ts";
import { fingerprintOf } from "../import/fingerprint.ts";
import { openExport } from "../import/open-export.ts";
import { readExport } from "../import/read-export.ts";
import { journalChain } from "../ingest/chain.ts";
import type { CheckedBatch } from "../ingest/check-batch.ts";
import { commitBatches } from "../ingest/commit.ts";
import { boxKeyOf, keepBoxKey } from "../store/box-store.ts";
import { audit } from "../store/user-store.ts";
import { ApiProblem } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

/** A register of ten years, gzipped, and much around it. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

const FAULTS = {
  "not-export": "这不是播放盒导出的文件。请选用 register export 写出的那一份。",
  damaged: "文件不完整或被改动过，没有导入。请在播放盒上重新导出一份。",
  "other-county": "这份文件是封给别的县的，本县打不开。请核对播放盒是在哪个县开通的。",
  "bad-chain": "文件里的记录前后接不上，没有导入。请在播放盒上运行 register verify。",
} as const;

const refuse = (code: keyof typeof FAULTS) => new ApiProblem(422, code, FAULTS[code]);

type ImportRequest = FastifyRequest<{ Querystring: { trust?: string } }>;

export function registerImport(app: FastifyInstance, context: ApiContext): void {
  app.addContentTypeParser(
    "application/octet-stream",
    { parseAs: "buffer", bodyLimit: FILE_BYTES_MAX },
    (_request, body, done) => done(null, body),
  );
  app.post("/api/import", { bodyLimit: FILE_BYTES_MAX }, (request: ImportRequest) =>
    takeIn(request, context),
  );
}

async function takeIn(request: ImportRequest, context: ApiContext): Promise<ImportAnswer> {
  const { database, clock, events, sealing } = context;
  const file = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const opened = openExport(file, sealing);
  if (!opened.ok) throw refuse(opened.why);
  const { head, plain } = opened;
  const known = await boxKeyOf(database, head.box);
  if (known === null) {
    const words = `播放盒 ${head.box} 没有在本县开通，文件没有导入。请先开通它。`;
    throw new ApiProblem(404, "no-such-box", words);
  }
  demandKey(head, known.key, request.query.trust ?? null);
  const batches = readExport(head.box, plain, journalChain);
  if (batches === null) throw refuse("bad-chain");
  const nowMs = clock.nowMs();
  if (known.key === null) await keepBoxKey(database, head.box, head.key);
  const counts = await commitAll(batches, context);
  await audit(database, { who: request.me?.user ?? "-", act: "import", subject: head.box, nowMs });
  events.boxChanged(head.box);
  return { box: head.box, name: known.name, fingerprint: fingerprintOf(head.key), ...counts };
}

/** @throws ApiProblem 409 when nobody has vouched for the key that signed */
function demandKey(head: SealedHead, known: string | null, trusted: string | null): void {
  const fingerprint = fingerprintOf(head.key);
  if (known === head.key || (known === null && trusted === fingerprint)) return;
  if (known === null) {
    const words = `县里还不认识这台播放盒的签名钥匙。请核对盒子导出时显示的指纹是不是 ${fingerprint}，一致就用这个指纹确认后再导入。`;
    throw new ApiProblem(409, "key-unknown", words);
  }
  const words = `签名钥匙不是登记的那一把（文件的指纹 ${fingerprint}），文件没有导入。盒子换过或重装过，请先重新开通。`;
  throw new ApiProblem(409, "other-key", words);
}

type Counts = Pick<ImportAnswer, "records" | "fresh" | "conflicts">;

/** One transaction a batch: a file that was cut off by a power cut is imported again. */
async function commitAll(
  batches: readonly CheckedBatch[],
  { database, clock, events, publishConfig }: ApiContext,
): Promise<Counts> {
  let [records, fresh, conflicts] = [0, 0, 0];
  for (const batch of batches) {
    records += batch.records.length;
    for (const done of await commitBatches(database, [batch], clock.nowMs())) {
      fresh += done.fresh;
      conflicts += done.conflicts;
      for (const session of done.sessions) events.sessionChanged(done.box, session);
      if (done.erased) await publishConfig(done.box);
    }
  }
  return { records, fresh, conflicts };
}
