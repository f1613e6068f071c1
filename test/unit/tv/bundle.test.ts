import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { parse } from "acorn";
import { describe, expect, it } from "vitest";

const DIST = fileURLToPath(new URL("../../../dist/tv/", import.meta.url));
const read = (file: string) => readFileSync(`${DIST}${file}`, "utf8");

/** What the floor script shows on a browser that calls itself so; empty: nothing. */
function floorWords(userAgent: string, hasWebGl: boolean): string {
  const place = { textContent: "", style: {} };
  const canvas = { getContext: () => (hasWebGl ? {} : null) };
  const page = { getElementById: (id: string) => (id === "canvas" ? canvas : place) };
  new Function("navigator", "document", read("floor.js"))({ userAgent }, page);
  return place.textContent;
}

/** `npm test` builds it before; alone, `node tools/build.mjs tv`. */
describe.skipIf(!existsSync(`${DIST}tv.js`))("the built page", () => {
  it("parses as ES2018, as old web views want it", () => {
    expect(() => parse(read("tv.js"), { ecmaVersion: 2018, sourceType: "script" })).not.toThrow();
  });

  it("says in ES5 what must be updated, before the script that old engines cannot read", () => {
    expect(() => parse(read("floor.js"), { ecmaVersion: 5, sourceType: "script" })).not.toThrow();
    const page = read("index.html");
    expect(page.indexOf("floor.js")).toBeLessThan(page.indexOf("tv.js"));
    expect(floorWords("Mozilla/5.0 Chrome/58.0.3029.125 Safari/537.36", true)).toContain(
      "浏览组件太旧（58 版）",
    );
    expect(floorWords("Mozilla/5.0 Chrome/73.0.3679.0 Safari/537.36", true)).toBe("");
    expect(floorWords("Mozilla/5.0 Chrome/73.0.3679.0 Safari/537.36", false)).toContain("WebGL");
  });

  it("keeps the names of classes, by which Lightning finds them", () => {
    expect(read("tv.js")).toContain("TextTextureRendererAdvanced");
    expect(read("tv.js")).toContain("FilmScreen");
  });

  it("is at most 350 kB of script, packed", () => {
    const bytes = ["tv.js", "hls.worker.js"].map((file) => gzipSync(read(file)).length);
    expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThan(350_000);
  });

  it("is a classic script that waits for the page", () => {
    expect(read("index.html")).toContain('<script defer src="./tv.js">');
    expect(read("index.html")).not.toContain("module");
  });

  it("ships both weights of the font and their license", () => {
    for (const file of ["one-room-500.ttf", "one-room-700.ttf"]) {
      expect(statSync(`${DIST}fonts/${file}`).size).toBeGreaterThan(1_000_000);
    }
    expect(read("fonts/OFL.txt")).toContain("SIL OPEN FONT LICENSE");
  });
});
