/** What the county keeps for this box alone, asked for with the box's credential. */
import type { CountyLinkOptions } from "./county-ports.ts";

export interface OwnThing {
  /** As the county's settings name it. */
  readonly docsUrl: string;
  /** Below the box's own place, without a slash before it. */
  readonly path: string;
  readonly maxBytes: number;
}

const TIMEOUT_MS = 60_000;

/** Null: it could not be had now. The log says why. */
export async function fetchOwn(
  { enrolment, http, log }: Pick<CountyLinkOptions, "enrolment" | "http" | "log">,
  { docsUrl, path, maxBytes }: OwnThing,
): Promise<Uint8Array | null> {
  const url = `${docsUrl.replace(/\/$/, "")}/b/${enrolment.box}/${path}`;
  const answer = await http.get({
    url,
    credential: { user: enrolment.box, password: enrolment.password },
    maxBytes,
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind === "ok") return answer.bytes;
  log("not fetched", { url, answer });
  return null;
}
