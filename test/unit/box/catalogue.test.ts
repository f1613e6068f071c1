/** The catalogue as the box opens it: over HTTP, from the console's origin. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { FakeClock } from "../../../platform/fake/fake-clock.ts";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import { adoptRoot, openBoxCatalogue } from "../../../src/box/catalogue.ts";
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
  const origin = console === null ? null : `${console}/origin/`;
  return openBoxCatalogue({ disk, clock, origin, isSynced: () => false, log: () => {} });
}

const FRESH = { trouble: null, isRefused: false, mayInstall: true };

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
  const catalogue = await open(disk, base);
  expect(await catalogue?.refresh(0)).toEqual(FRESH);
  expect(catalogue?.lessons()).toMatchObject([{ id: "rice", version: 3 }]);
  expect(catalogue?.origin).toBe(`${base}/origin`);
  const [lesson] = catalogue?.lessons() ?? [];
  const bytes = lesson === undefined ? null : await catalogue?.fetchManifest(lesson);
  expect(sha256(bytes ?? new Uint8Array(0))).toBe(lesson?.manifest);
});

test("without a network the box lists what it trusted before, and says why it knows no more", async () => {
  const { disk, base } = await setUp();
  await (await open(disk, base))?.refresh(0);
  const later = await open(disk, "http://127.0.0.1:1");
  expect(later?.lessons()).toMatchObject([{ id: "rice", version: 3 }]);
  expect(await later?.refresh(0)).toEqual({
    ...{ trouble: "unreachable: root", isRefused: false },
    mayInstall: true,
  });
});

test("without a county, and without a first root, there is nothing to ask", async () => {
  const { disk, base } = await setUp();
  expect(await open(disk, null)).toBeNull();
  expect(await open(new FakeDisk(), base)).toBeNull();
});

test("seven nights in which nothing grew are an alarm", async () => {
  const { disk, base } = await setUp();
  const catalogue = await open(disk, base);
  await catalogue?.refresh(0);
  for (let night = 0; night < 6; night += 1) await catalogue?.refresh(24 * 3_600_000);
  expect(catalogue?.isFrozen()).toBe(false);
  await catalogue?.refresh(24 * 3_600_000);
  expect(catalogue?.isFrozen()).toBe(true);
});

test("another first root is another beginning: nothing of the old trust is left", async () => {
  const { disk, base } = await setUp();
  await (await open(disk, base))?.refresh(0);
  const other = new CatalogueRepository();
  other.addLesson("dance", 1, "of another county");
  other.publish();
  await adoptRoot(disk, other.bytes("1.root"));
  expect([...disk.files.keys()].filter((path) => path.startsWith("cache/catalogue"))).toEqual([]);
  const catalogue = await open(disk, await serve(other));
  expect(await catalogue?.refresh(0)).toEqual(FRESH);
  expect(catalogue?.lessons()).toMatchObject([{ id: "dance" }]);
});

test("the same first root again changes nothing", async () => {
  const { repo, disk, base } = await setUp();
  await (await open(disk, base))?.refresh(0);
  const before = [...disk.files.keys()].sort();
  await adoptRoot(disk, repo.bytes("1.root"));
  expect([...disk.files.keys()].sort()).toEqual(before);
});
