/** `register fix-session`: one field of a session that is over. */
import type { Command } from "commander";
import type { FieldValue, FixReason, SessionField } from "../../protocol/generated/types.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { SESSION_TYPES, sessionTypeName } from "../../protocol/session-type.ts";
import { CannotRead, readRoster } from "./open-reading.ts";
import {
  type Box,
  choice,
  countOf,
  noteOf,
  openBox,
  type Run,
  write,
  writeCommand,
} from "./write-door.ts";

const FIELDS: Readonly<Record<string, SessionField>> = {
  类型: "type",
  题目: "title",
  支部: "branches",
  清点人数: "heads",
  列席: "G",
  群众: "Q",
  补课: "makeup",
  来宾: "guest",
};

interface FixSessionOptions {
  readonly data: string;
  readonly field: string;
  readonly to?: string;
  readonly which?: string;
  readonly reason: string;
  readonly note?: string;
}

const HELP = `
--field 补课、来宾 是去掉记错的一条：写 --which，不写 --to。其余各项写 --to:
  类型      例如 ${SESSION_TYPES.slice(0, 3)
    .map(({ name }) => name)
    .join("、")}
  支部      名册里的名称或代号，几个用“、”隔开
  清点人数  一个数，或者“没有清点”`;

export function fixSessionCommand(
  tell: Run,
  reasons: Readonly<Record<string, FixReason>>,
): Command {
  return writeCommand(
    "fix-session",
    "更正已经结束的一场：类型、题目、支部、人数，或去掉记错的补课、来宾",
  )
    .argument("<场次>", "场次号，从 register sessions 看")
    .addOption(choice("--field <哪一项>", "改哪一项", FIELDS))
    .option("--to <内容>", "改成什么")
    .option("--which <哪一条>", "去掉哪一条：补课写记录号（register book made），来宾写第几位")
    .addOption(choice("--reason <原因>", "为什么改", reasons))
    .option("--note <说明>", "补充说明，单独存放，可以删除")
    .addHelpText("after", HELP)
    .action((session: string, options: FixSessionOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        const field = FIELDS[options.field] ?? "title";
        const { was, to } = changeOf(box.sessionOf(session), field, { options, box });
        const reason = reasons[options.reason] ?? "other";
        process.stdout.write(`原来：${say(field, was)}；改成：${say(field, to)}\n`);
        await write(box, {
          kind: "fix-session",
          session,
          field,
          was,
          to,
          reason,
          ...noteOf(options.note),
        });
      }),
    );
}

interface Change {
  readonly was: FieldValue;
  readonly to: FieldValue;
}

interface Asked {
  readonly options: FixSessionOptions;
  readonly box: Box;
}

/** @throws CannotRead */
function changeOf(session: SessionRegister, field: SessionField, { options, box }: Asked): Change {
  if (field === "makeup" || field === "guest") {
    return { was: findStruck(session, field, options.which), to: null };
  }
  if (options.to === undefined) throw new CannotRead("要写改成什么：--to 内容。");
  return { was: standing(session, field), to: READ[field](options.to, box) };
}

function findStruck(
  { guests, makeups }: SessionRegister,
  field: "makeup" | "guest",
  which: string | undefined,
): string {
  if (which === undefined) throw new CannotRead("要写去掉哪一条：--which。");
  const found =
    field === "guest"
      ? guests.find(({ no }) => String(no) === which)?.id
      : makeups.find(({ record }) => record === which)?.record;
  if (found !== undefined) return found;
  throw new CannotRead(
    field === "guest" ? `这一场没有第 ${which} 位来宾。` : `这一场没有这条补课：${which}。`,
  );
}

type Plain = Exclude<SessionField, "makeup" | "guest">;

function standing(session: SessionRegister, field: Plain): FieldValue {
  if (field === "G" || field === "Q") return session.counts[field];
  const value = session[field];
  return typeof value === "object" && value !== null ? [...value] : value;
}

const READ: Readonly<Record<Plain, (text: string, box: Box) => FieldValue>> = {
  type(text) {
    const type = SESSION_TYPES.find(({ id, name }) => id === text || name === text);
    if (type !== undefined) return type.id;
    const names = SESSION_TYPES.filter(({ recorded }) => recorded).map(({ name }) => name);
    throw new CannotRead(`没有这种类型：${text}。可以写：${names.join("、")}。`);
  },
  title: (text) => text.slice(0, 40),
  branches(text, { reading }) {
    const known = readRoster(reading.folder)?.branches ?? [];
    return text.split("、").map((word) => {
      const branch = known.find(({ id, name }) => id === word || name === word);
      if (branch === undefined) throw new CannotRead(`名册里没有这个支部：${word}。`);
      return branch.id;
    });
  },
  heads: (text) => (text === "没有清点" ? null : countOf("--to", text)),
  G: (text) => countOf("--to", text),
  Q: (text) => countOf("--to", text),
};

function say(field: SessionField, value: FieldValue): string {
  if (value === null) return field === "heads" ? "没有清点" : "去掉";
  if (field === "type") return sessionTypeName(String(value));
  return Array.isArray(value) ? value.join("、") : String(value);
}
