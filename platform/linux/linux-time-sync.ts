import { access, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../ports/clock.ts";
import type { SyncReading, TimeSync } from "../ports/time-sync.ts";

/** systemd-timesyncd(8): touched at each synchronisation; `/run` is empty after a boot. */
const TIMESYNCD = "run/systemd/timesync";
/** chrony.conf(5), `driftfile`: written about once an hour, and only while synchronised. */
const CHRONY_DRIFT = ["var/lib/chrony/drift", "var/lib/chrony/chrony.drift"];
const BATTERY_CLOCK = "sys/class/rtc/rtc0";

/**
 * `TimeSync` by the traces that systemd-timesyncd and chrony leave. adjtimex(2) would say more, and
 * cannot be reached from Node; on Android there is neither, and it stays unknown.
 */
export class LinuxTimeSync implements TimeSync {
  readonly #clock: Pick<Clock, "bootMs" | "wallUnixMs">;
  readonly #root: string;

  /** @param root of the file system; another one in tests */
  constructor(clock: Pick<Clock, "bootMs" | "wallUnixMs">, root = "/") {
    this.#clock = clock;
    this.#root = root;
  }

  async read(): Promise<SyncReading> {
    const syncedAt = await this.#changedAt(`${TIMESYNCD}/synchronized`);
    if (syncedAt !== null) return this.#synced(syncedAt);
    const [drift = null] = await this.#firstOf(CHRONY_DRIFT);
    if (drift !== null && drift > this.#bootedAt()) return this.#synced(drift);
    // The folder is there as soon as the daemon runs.
    const isRunning = (await this.#changedAt(TIMESYNCD)) !== null;
    return { kind: isRunning ? "not-synced" : "unknown" };
  }

  async hasBatteryClock(): Promise<boolean> {
    return access(join(this.#root, BATTERY_CLOCK)).then(
      () => true,
      () => false,
    );
  }

  /** By the wall clock of now: chrony stepped it before it wrote. */
  #bootedAt(): number {
    return this.#clock.wallUnixMs() - this.#clock.bootMs();
  }

  #synced(atUnixMs: number): SyncReading {
    const ageMs = this.#clock.wallUnixMs() - atUnixMs;
    return { kind: "synced", ageMs: ageMs >= 0 ? ageMs : null };
  }

  async #firstOf(paths: readonly string[]): Promise<number[]> {
    const found = await Promise.all(paths.map((path) => this.#changedAt(path)));
    return found.filter((at) => at !== null);
  }

  async #changedAt(path: string): Promise<number | null> {
    try {
      return Math.round((await stat(join(this.#root, path))).mtimeMs);
    } catch {
      return null;
    }
  }
}
