/** Fetches the blobs it is told of; says how many bytes have come, and how it ended. */
import { readFileSync } from "node:fs";
import { BlobFetcher } from "../../../media-cache/fetch/blob-fetcher.ts";
import { runFetches } from "../../../media-cache/fetch/fetch-run.ts";
import { Stop } from "../../../media-cache/fetch/stop.ts";
import { NodeBlobDisk } from "../../../platform/node/node-blob-disk.ts";
import { NodeHttpFetch } from "../../../platform/node/node-http-fetch.ts";
import { NodePartDisk } from "../../../platform/node/node-part-disk.ts";
import { nodeRandom } from "../../../platform/node/node-random.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { nodeTimer } from "../../../platform/node/node-timer.ts";
import type { HttpFetch } from "../../../platform/ports/http-fetch.ts";

const [base = "", cacheDir = "", listPath = ""] = process.argv.slice(2);
const node = new NodeHttpFetch();
let fetched = 0;

const counting: HttpFetch = {
  async open(request) {
    const answer = await node.open(request);
    if (answer.kind === "failed") return answer;
    const read = async () => {
      const piece = await answer.body.read();
      if (piece.kind === "bytes") fetched += piece.bytes.length;
      process.stdout.write(`${fetched}\n`);
      return piece;
    };
    return { ...answer, body: { read, cancel: () => answer.body.cancel() } };
  },
};

const fetcher = new BlobFetcher({
  ...{ http: counting, parts: new NodePartDisk(), blobs: new NodeBlobDisk() },
  ...{ sha256: nodeSha256, timer: nodeTimer, cacheDir },
});
const report = await runFetches(JSON.parse(readFileSync(listPath, "utf8")), {
  ...{ fetcher, stop: new Stop(), timer: nodeTimer, random: nodeRandom },
  ...{ sources: [{ base, hosts: [] }], bytesPerSecond: 1e9, budgetBytes: 1e12 },
});
node.close();
process.stderr.write(`${report.end}\n`);
process.exitCode = report.end === "done" ? 0 : 1;
