/** The catalogue as the box opens it: over HTTP, from the console's origin. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { FakeClock } from "../../../platform/fake/fake-clock.ts";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import { openBoxCatalogue } from "../../../src/box/catalogue.ts";
import { CatalogueRepository, sha256 } from "../../support/catalogue-repository.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A console that serves the repository under `/origin/`. */
async function serve(repo: CatalogueRepository): Promise<string> {
  const server = createServer(({ url = "" }, response) => {
    const answer = repo.http.answers.get(url.replace("/origin/", "http://origin.test/"));
    if (answer?.kind === "ok") response.end(answer.bytes);
    else response.writeHead(404).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(disk: FakeDisk, console: string | null) {
  const clock = new FakeClock();
  return openBoxCatalogue({ disk, clock, console, isSynced: () => false, log: () => {} });
}

async function setUp() {
  const repo = new CatalogueRepository();
  repo.addLesson("rice", 3, "the manifest");
  repo.publish();
  const disk = new FakeDisk();
  disk.files.set("root.json", repo.bytes("1.root"));
  return { repo, disk, base: await serve(repo) };
}

test("lessons that the county signed are listed, and their manifests fetched", async () => {
  const { disk, base } = await setUp();
  const catalogue = await open(disk, `${base}/`);
  expect(await catalogue?.refresh()).toBeNull();
  expect(catalogue?.lessons()).toMatchObject([{ id: "rice", version: 3 }]);
  expect(catalogue?.origin).toBe(`${base}/origin`);
  const [lesson] = catalogue?.lessons() ?? [];
  const bytes = lesson === undefined ? null : await catalogue?.fetchManifest(lesson);
  expect(sha256(bytes ?? new Uint8Array(0))).toBe(lesson?.manifest);
});

test("without a network the box lists what it trusted before, and says why it knows no more", async () => {
  const { disk, base } = await setUp();
  await (await open(disk, base))?.refresh();
  const later = await open(disk, "http://127.0.0.1:1");
  expect(later?.lessons()).toMatchObject([{ id: "rice", version: 3 }]);
  expect(await later?.refresh()).toMatch(/^unreachable: /);
});

test("without a county, and without a first root, there is nothing to ask", async () => {
  const { disk, base } = await setUp();
  expect(await open(disk, null)).toBeNull();
  expect(await open(new FakeDisk(), base)).toBeNull();
});
