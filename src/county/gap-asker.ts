/**
 * Asks the county for records that this box has lost in both copies. It believes none of them: the
 * register takes what the chain proves, and says why it does not take the rest.
 */
import { parseJson } from "../../protocol/envelope.ts";
import type { GivenRecord, RegisterGap } from "../register/register.ts";
import type { CountyLinkOptions } from "./county-ports.ts";
import { fetchOwn } from "./fetch-own.ts";

/** What the county gives at once; each with its hash, and escaped. docs/formats/county-link.md. */
const RECORDS_PER_ANSWER = 200;
const ANSWER_BYTES_MAX = RECORDS_PER_ANSWER * 40_000;
/** A year of a village. What is longer is filled from an export, by hand. */
const GAP_RECORDS_MAX = 20_000;
const RETRY_MS = 300_000;

type GapAskerOptions = Pick<CountyLinkOptions, "register" | "enrolment" | "http" | "log"> & {
  /** More of an old epoch is proven now, and the county may not have all of it. */
  onFilled(): void;
};

export class GapAsker {
  readonly #options: GapAskerOptions;
  #asking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GapAskerOptions) {
    this.#options = options;
  }

  /** To be called when the county's settings come, with which it names its place. */
  hear(docsUrl: string): void {
    if (this.#asking || this.#options.register.gaps().length === 0) return;
    clearTimeout(this.#timer);
    void this.#ask(docsUrl);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(docsUrl: string): Promise<void> {
    const { register, log } = this.#options;
    this.#asking = true;
    try {
      for (const epoch of new Set(register.gaps().map((gap) => gap.epoch))) {
        while (await this.#fill(epoch, docsUrl)) this.#options.onFilled();
      }
    } catch (error) {
      // The disk would not take it: the gap is still there.
      log("gap not filled", { why: String(error) });
    } finally {
      this.#asking = false;
    }
    if (register.gaps().length > 0) this.#askLater(docsUrl);
  }

  /** What the county lacks today another stick or another box's link may bring it tomorrow. */
  #askLater(docsUrl: string): void {
    this.#timer = setTimeout(() => this.hear(docsUrl), RETRY_MS);
    this.#timer.unref();
  }

  /** False: nothing is missing any more, or what the county has does not close the gap. */
  async #fill(epoch: string, docsUrl: string): Promise<boolean> {
    const { register, log } = this.#options;
    const gap = register.gaps().find((one) => one.epoch === epoch);
    const given = gap === undefined ? null : await this.#fetch(gap, docsUrl);
    if (given === null) return false;
    const refusal = await register.fillGap(epoch, given);
    log(refusal === null ? "gap filled" : "gap stays", { ...gap, ...refusal });
    return refusal === null;
  }

  /** Null: the county did not answer. */
  async #fetch(
    { epoch, from, to }: RegisterGap,
    docsUrl: string,
  ): Promise<ReadonlyMap<number, GivenRecord> | null> {
    const given = new Map<number, GivenRecord>();
    const end = Math.min(to, from + GAP_RECORDS_MAX - 1);
    for (let s = from; s <= end; s += RECORDS_PER_ANSWER) {
      const last = Math.min(end, s + RECORDS_PER_ANSWER - 1);
      const path = `rec/${epoch}?from=${s}&to=${last}`;
      const place = { docsUrl, path, maxBytes: ANSWER_BYTES_MAX };
      const bytes = await fetchOwn(this.#options, place);
      if (bytes === null) return null;
      for (const [at, record] of readLines(bytes)) given.set(at, record);
    }
    return given;
  }
}

function readLines(bytes: Uint8Array): [number, GivenRecord][] {
  const lines = Buffer.from(bytes).toString("utf8").trimEnd().split("\n");
  return lines.flatMap((line): [number, GivenRecord][] => {
    const { s, h, p } = (parseJson(line)?.value ?? {}) as Readonly<Record<string, unknown>>;
    const isRecord = typeof s === "number" && typeof h === "string" && typeof p === "string";
    return isRecord ? [[s, { h, json: p }]] : [];
  });
}
