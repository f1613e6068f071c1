/** What every command that writes shares: the box that is meant, its people, and the words. */
import { Command, Option } from "commander";
import type { Intent } from "../../protocol/generated/types.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { writeThroughBox } from "./door.ts";
import {
  type BoxReading,
  CannotRead,
  openReading,
  readGuests,
  readRoster,
} from "./open-reading.ts";
import { STATUS_WORDS } from "./words.ts";

/** Runs an action and tells foreseen errors in one sentence. */
export type Run = (act: () => Promise<void>) => Promise<void>;

export const STATUS = Object.fromEntries(
  Object.entries(STATUS_WORDS).map(([status, word]) => [word, status]),
) as Readonly<Record<string, keyof typeof STATUS_WORDS>>;

/** An option that must be one of these words. */
export function choice(flags: string, text: string, words: object): Option {
  return new Option(flags, text).choices(Object.keys(words)).makeOptionMandatory();
}

/** Takes several words. Commander sees that by a `...` behind a Latin letter only. */
export function several(flags: string, text: string): Option {
  const option = new Option(flags, `${text}（可以写几个）`);
  option.variadic = true;
  return option;
}

export function writeCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption("--data <文件夹>", "播放盒的数据文件夹，或演示的数据文件夹");
}

export interface Box {
  readonly reading: BoxReading;
  /** @throws CannotRead when nobody has the number */
  memberOf(no: string): string;
  /** @throws CannotRead */
  sessionOf(id: string): SessionRegister;
}

/** @throws CannotRead */
export async function openBox(data: string): Promise<Box> {
  const reading = await openReading(data);
  const { fold, folder } = reading;
  const { members: erased } = fold.erasures;
  const sessions = fold.sessions();
  const guests = readGuests(folder);
  const directory = new MemberDirectory(readRoster(folder), erased, sessions, guests);
  return {
    reading,
    memberOf(no) {
      const found = directory.find(Number(no));
      if (found === undefined) throw new CannotRead(`没有 ${no} 号。`);
      return found;
    },
    sessionOf(id) {
      const found = fold.session(id);
      if (found === undefined) {
        throw new CannotRead(`没有这一场：${id}。register sessions 列出全部场次。`);
      }
      return found;
    },
  };
}

export async function write({ reading }: Box, intent: Intent): Promise<void> {
  await writeThroughBox(reading.folder, intent);
  process.stdout.write("已保存。\n");
}

/** @throws CannotRead */
export function dayOf(day: string | undefined): { readonly day?: string } {
  if (day === undefined) return {};
  if (/^\d{4}-\d\d-\d\d$/.test(day)) return { day };
  throw new CannotRead("--day 要写成 2026-03-12 这样。");
}

/** Lessons are counted from 1 by people, from 0 by records. @throws CannotRead */
export function itemOf(item: string): number {
  if (/^[1-6]$/.test(item)) return Number(item) - 1;
  throw new CannotRead("--item 要在 1 到 6 之间。");
}

/** @throws CannotRead */
export function countOf(flag: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new CannotRead(`${flag} 要写一个数，这里是“${text}”。`);
}

export function noteOf(note: string | undefined): { readonly note?: string } {
  return note === undefined ? {} : { note };
}
