/**
 * Takes the county's settings: fetches the documents they name, by hash, and hands them over. A
 * document that does not hash to its name is not used; the settings in force stay.
 */
import type { BoxConfig, DocRef } from "../../protocol/generated/types.ts";
import { backOffMs } from "./back-off.ts";
import type { CountyLinkOptions, DocumentKind } from "./county-ports.ts";
import { fetchOwn } from "./fetch-own.ts";

const KINDS: readonly DocumentKind[] = ["method", "roster", "plan", "notices"];
const RETRY_WINDOW_MS = 300_000;
/** After a first failure the county is given this long at least. */
const RETRY_MIN_MS = 2000;

export class ConfigTaker {
  readonly #options: CountyLinkOptions;
  #wanted: BoxConfig | null = null;
  #working = false;

  constructor(options: CountyLinkOptions) {
    this.#options = options;
  }

  /** The newest settings win; older ones that arrive late are dropped. */
  take(config: BoxConfig): void {
    if (this.#wanted !== null && config.version < this.#wanted.version) return;
    this.#wanted = config;
    if (!this.#working) void this.#work(0);
  }

  async #work(attempt: number): Promise<void> {
    const config = this.#wanted;
    if (config === null) return;
    this.#working = true;
    const done = await this.#apply(config);
    this.#working = false;
    if (this.#wanted !== config) void this.#work(0);
    else if (!done) this.#retryLater(attempt);
  }

  #retryLater(attempt: number): void {
    const [byte = 0] = this.#options.random.bytes(1);
    const delayMs = RETRY_MIN_MS + backOffMs(attempt, RETRY_WINDOW_MS, byte / 256);
    setTimeout(() => {
      if (!this.#working) void this.#work(attempt + 1);
    }, delayMs).unref();
  }

  /** False: something could not be fetched now and may be later. */
  async #apply(config: BoxConfig): Promise<boolean> {
    const { settings, log } = this.#options;
    try {
      for (const kind of KINDS) {
        if (!(await this.#bring(kind, config))) return false;
      }
      await settings.takeConfig(config);
      return true;
    } catch (error) {
      // A full disk or its like; the settings in force stay, and the next try may do.
      log("config not taken", { version: config.version, why: String(error) });
      return false;
    }
  }

  async #bring(kind: DocumentKind, config: BoxConfig): Promise<boolean> {
    const { settings, log } = this.#options;
    // A county of before there were notices does not name them.
    const ref = config[kind] ?? null;
    if (ref === null || settings.sha256Of(kind) === ref.sha256) return true;
    const bytes = await this.#fetch(ref, config.docsUrl);
    if (bytes === null) return false;
    const taken = await settings.takeDocument(kind, bytes);
    // A document that is not acceptable will not become so: going on beats asking for ever.
    if (!taken) log("document not acceptable", { kind, sha256: ref.sha256 });
    return true;
  }

  async #fetch(ref: DocRef, docsUrl: string): Promise<Uint8Array | null> {
    const { log, sha256 } = this.#options;
    const place = { docsUrl, path: `doc/${ref.sha256}`, maxBytes: ref.bytes };
    const bytes = await fetchOwn(this.#options, place);
    if (bytes === null || sha256.digest(bytes) === ref.sha256) return bytes;
    log("document is not the one named", { sha256: ref.sha256 });
    return null;
  }
}
