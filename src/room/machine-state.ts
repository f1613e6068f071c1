/** What the settings screen tells about the machine, for whoever is on the telephone. */
import type { MachineState } from "../../protocol/page-api.ts";
import type { RoomOptions } from "./room-ports.ts";

type MachineParts = Pick<RoomOptions, "register" | "library" | "software" | "space" | "supply"> & {
  readonly connected: boolean | null;
};

export async function machineState(parts: MachineParts): Promise<MachineState> {
  const { register, library, software, connected, supply } = parts;
  const { ready, lessons: total, bytes } = library.usage();
  return {
    software,
    boxId: register.boxId,
    connected,
    recordCount: register.fold.counts().records,
    lessons: { ready, total, bytes },
    disk: await parts.space(),
    damage: register.damage,
    supply: supply?.state() ?? null,
    refreshes: register.fold.refreshes(),
  };
}
