/**
 * Joins the county link with the rest of the box, and follows a new enrolment without a restart.
 */
import { watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LessonLibrary, LibraryUsage } from "../../media-cache/library.ts";
import { openBoxKey } from "../../platform/node/node-box-key.ts";
import { NodeDurableCounter } from "../../platform/node/node-durable-counter.ts";
import { nodeHttpClient } from "../../platform/node/node-http-client.ts";
import { nodeRandom } from "../../platform/node/node-random.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { nodeSignatureVerifier } from "../../platform/node/node-signature.ts";
import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { BoxConfig, CacheState, Enrolment } from "../../protocol/generated/types.ts";
import { type CountyLink, startCountyLink } from "../county/county-link.ts";
import type { BoxFacts, CountySettings } from "../county/county-ports.ts";
import type { Register } from "../register/register.ts";
import type { Room } from "../room/room.ts";
import type { TimeKeeper } from "../room/time-keeper.ts";
import type { WallJudge } from "../room/wall-judge.ts";
import { BOX_KEY_PATH, loadConfig, loadEnrolment, saveConfig } from "./box-files.ts";
import type { Log } from "./log.ts";
import type { Nights } from "./night.ts";

export interface CountyParts {
  readonly data: string;
  /** Path of the enrolment file. */
  readonly enrolmentPath: string;
  readonly software: string;
  readonly register: Register;
  readonly room: Room;
  readonly library: LessonLibrary;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly wall: WallJudge;
  readonly timeKeeper: TimeKeeper;
  readonly nights: Nights;
  readonly log: Log;
}

function cacheState(usage: LibraryUsage, nights: Nights): CacheState {
  const [refresh, state] = [nights.last(), nights.state()];
  return {
    ...usage,
    ...(refresh === null ? {} : { refresh }),
    ...(state === null ? {} : { nights: state }),
  };
}

function both(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}

export interface BoxCounty {
  stop(): Promise<void>;
}

export async function joinCounty(parts: CountyParts): Promise<BoxCounty> {
  const config = await loadConfig(parts.data);
  if (config !== null) useConfig(parts, config);
  const { publicKey: key } = await openBoxKey(join(parts.data, BOX_KEY_PATH));
  const membership = new Membership({ ...parts, key }, config?.version ?? 0);
  await membership.follow();
  return membership;
}

function useConfig(
  { room, nights }: Pick<CountyParts, "room" | "nights">,
  { site, utcOffsetMinutes, supply }: BoxConfig,
): void {
  const word = site.broadcasterWord;
  room.setSite({
    name: site.name,
    utcOffsetMinutes,
    ...(word === undefined ? {} : { broadcasterWord: word }),
  });
  // Not waited for: a root may have to be fetched, and settings are in force without it.
  void nights.configured(supply);
}

interface MemberParts extends CountyParts {
  /** Public half of the box's own key. */
  readonly key: string;
}

/** The file appears when the box is enrolled, and is replaced when it is enrolled again. */
class Membership implements BoxCounty {
  readonly #parts: MemberParts;
  #configVersion: number;
  #link: CountyLink | null = null;
  #password: string | null = null;
  #stopWatching: () => void = () => {};

  constructor(parts: MemberParts, configVersion: number) {
    this.#parts = parts;
    this.#configVersion = configVersion;
  }

  async follow(): Promise<void> {
    const { enrolmentPath } = this.#parts;
    const watcher = watch(dirname(enrolmentPath), (_event, name) => {
      if (name === null || name === basename(enrolmentPath)) void this.#enrolAgain();
    });
    this.#stopWatching = () => watcher.close();
    await this.#enrol(await loadEnrolment(enrolmentPath));
  }

  async #enrolAgain(): Promise<void> {
    try {
      await this.#enrol(await loadEnrolment(this.#parts.enrolmentPath));
    } catch (error) {
      // Half written, or not ours: the membership in force stays.
      this.#parts.log("enrolment not used", { why: String(error) });
    }
  }

  async #enrol(enrolment: Enrolment | null): Promise<void> {
    const { register, room, log } = this.#parts;
    if (enrolment === null || enrolment.password === this.#password) return;
    if (enrolment.box !== register.boxId) {
      log("enrolment of another box", { box: enrolment.box });
      return;
    }
    this.#password = enrolment.password;
    void this.#parts.nights.enrolled(enrolment);
    await this.#link?.stop();
    room.setLink({ connected: false });
    this.#link = this.#start(enrolment);
  }

  #start(enrolment: Enrolment): CountyLink {
    const { data, register, clock, log } = this.#parts;
    return startCountyLink({
      enrolment,
      register,
      facts: this.#facts(),
      settings: this.#settings(),
      verifier: nodeSignatureVerifier,
      http: nodeHttpClient,
      linkCounter: new NodeDurableCounter(join(data, "run/link")),
      sha256: nodeSha256,
      random: nodeRandom,
      clock,
      log,
      onState: ({ connected }) => this.#parts.room.setLink({ connected }),
      onTime: (sample) => void this.#parts.timeKeeper.hear({ ...sample, source: "county" }),
    });
  }

  #facts(): BoxFacts {
    const { software, key, room, library, disk, wall, nights } = this.#parts;
    return {
      software,
      key,
      node: process.version,
      screen: () => room.screenState(),
      cache: () => cacheState(library.usage(), nights),
      disk: () => disk.space(),
      memoryBytes: () => process.memoryUsage.rss(),
      clockSource: () => wall.source(),
      configVersion: () => this.#configVersion,
      rosterVersion: () => room.rosterVersion,
      notices: () => room.noticeState(),
      onScreen: (listener) => both(room.onView(listener), nights.onChange(listener)),
    };
  }

  #settings(): CountySettings {
    const { room, log, data, nights } = this.#parts;
    return {
      sha256Of: (kind) => room.sha256Of(kind),
      async takeDocument(kind, bytes) {
        const taken = await room.takeDocument(kind, bytes, "county");
        if (!taken.ok) log("document refused", { kind, text: taken.text });
        return taken.ok;
      },
      takeConfig: async (config) => {
        await saveConfig(data, config);
        this.#configVersion = config.version;
        useConfig({ room, nights }, config);
      },
    };
  }

  async stop(): Promise<void> {
    this.#stopWatching();
    await this.#link?.stop();
  }
}
