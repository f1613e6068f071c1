/**
 * An `erase` record of a box is the county's order too: the name goes from the roster that the
 * county holds, in the transaction that takes the record in. docs/formats/registers.md.
 */
import { createHash } from "node:crypto";
import { withoutErased } from "../../../protocol/erasures.ts";
import type { Queries } from "../database/database.ts";
import { erasuresOf } from "./book-store.ts";
import { nextConfigVersion } from "./box-store.ts";
import { findRoster, putDoc } from "./doc-store.ts";

/** @returns whether the roster is another now: its box is to be told */
export async function eraseNames(db: Queries, box: string, nowMs: number): Promise<boolean> {
  const roster = await findRoster(db, box);
  if (roster === null) return false;
  const clean = withoutErased(roster, await erasuresOf(db, box));
  if (clean === roster) return false;
  const body = JSON.stringify(clean);
  const sha256 = createHash("sha256").update(body).digest("hex");
  const { version } = clean;
  await putDoc(db, { box, kind: "roster", version, sha256, body, nowMs });
  await nextConfigVersion(db, box);
  return true;
}
