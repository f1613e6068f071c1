/** Goal: what no linter knows about this repository stays true. Method: read the sources. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CODE_PARTS = ["src", "platform", "protocol", "media-cache", "console", "cli", "kiosk-shell"];
const LINES_PER_FILE_MAX = 300;
const LINE_LENGTH_MAX = 100;

function filesUnder(folder: string): string[] {
  const found: string[] = [];
  const walk = (at: string) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.name === "generated" || entry.name.startsWith("generated.")) continue;
      if (entry.isDirectory()) walk(path);
      else found.push(path);
    }
  };
  if (statSync(join(ROOT, folder), { throwIfNoEntry: false })) walk(join(ROOT, folder));
  return found;
}

interface Source {
  readonly path: string;
  readonly lines: readonly string[];
}

function sources(parts: readonly string[]): Source[] {
  return parts
    .flatMap(filesUnder)
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => ({
      path: relative(ROOT, path),
      lines: readFileSync(path, "utf8").trimEnd().split("\n"),
    }));
}

/** Places (`file:line`) whose line matches, but for those that say why on the same line. */
function places(found: readonly Source[], pattern: RegExp): string[] {
  return found.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      pattern.test(line) && !line.includes("tidy:") ? [`${path}:${index + 1}`] : [],
    ),
  );
}

const CODE = sources(CODE_PARTS);
const ALL = [...CODE, ...sources(["test", "bench", "tools"])];

test("no file of code is longer than 300 lines", () => {
  const long = CODE.filter(({ lines }) => lines.length > LINES_PER_FILE_MAX);
  expect(long.map(({ path, lines }) => `${path}: ${lines.length}`)).toEqual([]);
});

test("no comment is longer than a line of 100 columns", () => {
  const comment = new RegExp(`^(?=.{${LINE_LENGTH_MAX + 1},})\\s*(//|\\*|/\\*)`);
  expect(places(CODE, comment)).toEqual([]);
});

test("clocks and chance are read in adapters only", () => {
  const core = CODE.filter(({ path }) => !/^(platform\/|console\/|cli\/|src\/tv\/)/.test(path));
  expect(places(core, /\b(Date\.now|Math\.random|performance\.now)\(/)).toEqual([]);
});

test("no TODO stands without an issue", () => {
  expect(places(CODE, /\b(TODO|FIXME|XXX)\b/)).toEqual([]);
});

test("nothing is skipped or singled out in the tests", () => {
  const tests = ALL.filter(({ path }) => path.startsWith("test/") && path !== "test/tidy.test.ts");
  expect(places(tests, /\b(test|it|describe)\.(only|skip|todo)\b/)).toEqual([]);
});

test("every decision stands in its index, and the index names no other", () => {
  const folder = join(ROOT, "docs/decisions");
  const files = readdirSync(folder).filter((name) => /^\d{4}-.*\.md$/.test(name));
  const index = readFileSync(join(folder, "README.md"), "utf8");
  const named = [...index.matchAll(/\((\d{4}-[^)]+\.md)\)/g)].map((match) => match[1]);
  expect(named.sort()).toEqual(files.sort());
});

test("every numbered invariant of a port or machine is named by a test", () => {
  const tests = ALL.filter(({ path }) => path.startsWith("test/"))
    .map(({ lines }) => lines.join("\n"))
    .join("\n");
  const stated = CODE.filter(({ path }) => /^(platform\/ports|src\/session)\//.test(path)).flatMap(
    ({ path, lines }) =>
      lines.flatMap((line) => {
        const name = /^ \* - ([A-Z]\d+)\./.exec(line)?.[1];
        return name === undefined ? [] : [{ path, name }];
      }),
  );
  const unnamed = stated.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(tests));
  expect(unnamed).toEqual([]);
});

test("every file that a page on how to change the code names is there", () => {
  const pages = [
    "CONTRIBUTING.md",
    ...filesUnder("docs/how-to").map((path) => relative(ROOT, path)),
  ];
  const gone = pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    const named = text.matchAll(/`((?:[a-z-]+\/)+[\w.-]+\.(?:ts|tsx|mjs|json|md))\b[^`]*`/g);
    return [...named].flatMap(([, file = ""]) =>
      file.startsWith("dist/") || statSync(join(ROOT, file), { throwIfNoEntry: false })
        ? []
        : [`${page}: ${file}`],
    );
  });
  expect(gone).toEqual([]);
});

test("every page of docs that another names is there", () => {
  const pages = ["README.md", "CONTRIBUTING.md", ...filesUnder("docs")]
    .map((path) => relative(ROOT, join(path.startsWith("/") ? "" : ROOT, path)))
    .filter((path) => path.endsWith(".md"));
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)];
    return targets.flatMap(([, target = ""]) => {
      const path = join(ROOT, page, "..", decodeURIComponent(target));
      return statSync(path, { throwIfNoEntry: false }) ? [] : [`${page}: ${target}`];
    });
  });
  expect(broken).toEqual([]);
});
