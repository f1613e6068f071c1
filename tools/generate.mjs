/**
 * Makes `protocol/generated/` from `protocol/schemas/`: the TypeScript types, and validators that
 * import nothing at run time. Every definition of every schema file becomes one type and one
 * validator of its own name.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { compile } from "json-schema-to-typescript";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SCHEMAS = join(ROOT, "protocol/schemas");
const TARGET = join(ROOT, "protocol/generated");
/** Made aside and moved into place, so that a reader never finds half of it. */
const OUT = `${TARGET}.${process.pid}`;

async function readSchemas() {
  const names = (await readdir(SCHEMAS)).filter((name) => name.endsWith(".schema.json")).sort();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(SCHEMAS, name), "utf8"))),
  );
}

/** All definitions under one roof, so that a type is written once however many files refer to it. */
function mergeDefinitions(schemas) {
  const definitions = {};
  for (const schema of schemas) {
    for (const [name, definition] of Object.entries(schema.$defs)) {
      if (definitions[name] !== undefined) throw new Error(`${name} is defined twice`);
      definitions[name] = definition;
    }
  }
  const text = JSON.stringify(definitions).replaceAll(/"one-room:[a-z]+#\/\$defs\//g, '"#/$defs/');
  return JSON.parse(text);
}

/** json-schema-to-typescript knows draft-07's tuples: `items` as a list. */
function withOldTuples(node) {
  if (Array.isArray(node)) return node.map(withOldTuples);
  if (node === null || typeof node !== "object") return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withOldTuples(value)]),
  );
  if (copy.prefixItems === undefined) return copy;
  const { prefixItems, ...rest } = copy;
  return { ...rest, items: prefixItems, additionalItems: false };
}

async function writeTypes(definitions) {
  const root = {
    title: "ProtocolTypes",
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.keys(definitions).map((name) => [name, { $ref: `#/$defs/${name}` }]),
    ),
    $defs: withOldTuples(definitions),
  };
  const code = await compile(root, "ProtocolTypes", {
    additionalProperties: false,
    bannerComment: "/* Made by tools/generate.mjs from protocol/schemas. Do not edit. */",
    format: false,
    maxItems: -1,
    unreachableDefinitions: true,
  });
  await writeFile(join(OUT, "types.ts"), code);
}

async function writeValidators(definitions) {
  const ajv = new Ajv2020({ code: { source: true, esm: true }, inlineRefs: false, strict: false });
  const names = Object.keys(definitions);
  // One schema each, so that a definition's validator is written once and shared.
  const text = JSON.stringify(definitions).replaceAll('"#/$defs/', '"one-room:');
  for (const [name, definition] of Object.entries(JSON.parse(text))) {
    ajv.addSchema({ $id: `one-room:${name}`, ...definition });
  }
  const ids = Object.fromEntries(names.map((name) => [`is${name}`, `one-room:${name}`]));
  const entry = join(OUT, "validators.entry.mjs");
  await writeFile(entry, standaloneCode.default(ajv, ids));
  await build({
    configFile: false,
    logLevel: "error",
    root: ROOT,
    build: {
      outDir: OUT,
      emptyOutDir: false,
      minify: false,
      target: "es2018",
      lib: { entry, formats: ["es"], fileName: () => "validators.js" },
    },
  });
  await rm(entry);
  const declarations = names.map((name) => `export declare const is${name}: Validator<T.${name}>;`);
  const head = [
    "/* Made by tools/generate.mjs from protocol/schemas. Do not edit. */",
    'import type * as T from "./types.ts";',
    "export interface SchemaError { readonly instancePath: string; readonly keyword: string; readonly message?: string; readonly params: Record<string, unknown>; }",
    "export interface Validator<V> { (value: unknown): value is V; errors?: readonly SchemaError[] | null; }",
  ];
  await writeFile(join(OUT, "validators.d.ts"), [...head, ...declarations, ""].join("\n"));
}

/** What the output depends on: equal stamp, nothing to do. */
async function stampOf(schemas) {
  const generator = await readFile(fileURLToPath(import.meta.url), "utf8");
  return createHash("sha256").update(JSON.stringify(schemas)).update(generator).digest("hex");
}

export async function generate() {
  const schemas = await readSchemas();
  const stamp = await stampOf(schemas);
  const before = await readFile(join(TARGET, ".stamp"), "utf8").catch(() => "");
  if (before === stamp) return;
  await mkdir(OUT, { recursive: true });
  try {
    const definitions = mergeDefinitions(schemas);
    await writeTypes(definitions);
    await writeValidators(definitions);
    await writeFile(join(OUT, ".stamp"), stamp);
    await rm(TARGET, { recursive: true, force: true });
    await rename(OUT, TARGET);
  } finally {
    await rm(OUT, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
