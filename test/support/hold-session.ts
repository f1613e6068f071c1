/** Holds whole sessions in a fake room, with few words. */
import type { AttendanceStatus, OpenSessionIntent } from "../../protocol/generated/types.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import type { FakeRoom } from "./fake-room.ts";

export interface Held extends Partial<OpenSessionIntent> {
  readonly marks: Readonly<Record<string, AttendanceStatus>>;
  /** Seconds of each film. */
  readonly seconds?: number;
}

/** Opens, marks, plays, closes, and goes home. @returns the session's id */
export async function holdSession(fake: FakeRoom, held: Held): Promise<string> {
  const id = await openMarked(fake, held);
  while (fake.session.flow[fake.session.at]?.kind !== "closing") {
    if (fake.session.flow[fake.session.at]?.kind === "watch")
      await watch(fake, held.seconds ?? 120);
    else await fake.advance();
  }
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
  return id;
}

/** Open and marked, and left where it stands. */
export async function openMarked(fake: FakeRoom, held: Held): Promise<string> {
  const { marks, seconds: _seconds, ...intent } = held;
  await fake.done({ kind: "open-session", type: "study-day", lessons: ["rice"], ...intent });
  const all = Object.entries(marks) as never;
  await fake.done({ kind: "mark", how: "call", marks: all });
  return fake.session.id;
}

async function watch(fake: FakeRoom, seconds: number): Promise<void> {
  fake.play(seconds);
  const ended = { kind: "film-ended", from: fake.session.at, atMs: seconds * 1000 } as const;
  await fake.done(ended);
}

export function registerOf(fake: FakeRoom, session: string): SessionRegister {
  const register = fake.register.fold.session(session);
  if (register === undefined) throw new Error(`no session ${session}`);
  return register;
}
