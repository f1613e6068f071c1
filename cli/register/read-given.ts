/** Reads the export that a gap is to be filled from: docs/formats/journal.md, "Export". */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { REGISTER_EXPORT_SCHEMA } from "../../protocol/register-export.ts";
import type { GivenRecord } from "../../src/register/register.ts";
import { CannotRead } from "./open-reading.ts";

export interface GivenExport {
  readonly boxId: string;
  readonly epochs: ReadonlyMap<string, ReadonlyMap<number, GivenRecord>>;
}

/** @throws CannotRead */
export async function readGiven(file: string): Promise<GivenExport> {
  const text = await readFile(resolve(file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CannotRead(`读不出 ${file}（${error.code ?? "未知原因"}）。`);
  });
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const { schema, boxId } = parse(head);
  if (schema !== REGISTER_EXPORT_SCHEMA || typeof boxId !== "string") {
    throw new CannotRead(
      `${file} 不是没有加封的登记簿导出（console export，或 register export --plain）。`,
    );
  }
  const epochs = new Map<string, Map<number, GivenRecord>>();
  for (const [index, line] of lines.entries()) {
    const { e, s, h, json } = parse(line);
    if (typeof e !== "string" || typeof s !== "number") throw notRecord(file, index);
    if (typeof h !== "string" || typeof json !== "string") throw notRecord(file, index);
    const epoch = epochs.get(e) ?? new Map<number, GivenRecord>();
    epochs.set(e, epoch.set(s, { h, json }));
  }
  return { boxId, epochs };
}

function notRecord(file: string, index: number): CannotRead {
  return new CannotRead(`${file} 第 ${index + 2} 行不是记录，文件坏了。什么都没有改。`);
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
