/** `register fix`, `makeup`, `erase` and their like: what is written of sessions that are over. */
import type { Command } from "commander";
import type { EraseReason, FixReason, Intent, MakeupHow } from "../../protocol/generated/types.ts";
import { fixSessionCommand } from "./fix-session-command.ts";
import { CannotRead } from "./open-reading.ts";
import { paperCommand } from "./paper-command.ts";
import { taskCommand } from "./task-command.ts";
import {
  type Box,
  choice,
  dayOf,
  itemOf,
  noteOf,
  openBox,
  type Run,
  STATUS,
  several,
  write,
  writeCommand,
} from "./write-door.ts";

export const FIX_REASONS: Readonly<Record<string, FixReason>> = {
  登记错了: "mistake",
  以纸质为准: "paper",
  事后有证明: "proof",
  其他: "other",
};
const ERASE_REASONS: Readonly<Record<string, EraseReason>> = {
  本人要求: "request",
  上级要求: "order",
  录入有误: "mistake",
  其他: "other",
};
const HOW: Readonly<Record<string, MakeupHow>> = { 补课: "room", 送学上门: "home", 集体: "unit" };

export function writeCommands(tell: Run): Command[] {
  return [
    fixCommand(tell),
    fixSessionCommand(tell, FIX_REASONS),
    makeupCommand(tell),
    taskCommand(tell),
    paperCommand(tell),
    eraseCommand(tell),
  ];
}

interface FixOptions {
  readonly data: string;
  readonly member: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly note?: string;
}

function fixCommand(tell: Run): Command {
  return writeCommand(
    "fix",
    "更正已经结束的一场里一位同志的签到（原来的记录保留，登记簿上显示“更”）",
  )
    .argument("<场次>", "场次号，从 register sessions 看")
    .requiredOption("--member <编号>", "哪位同志")
    .addOption(choice("--from <状态>", "现在登记的是什么", STATUS))
    .addOption(choice("--to <状态>", "改成什么", STATUS))
    .addOption(choice("--reason <原因>", "为什么改", FIX_REASONS))
    .option("--note <说明>", "补充说明，单独存放，可以删除")
    .action((session: string, options: FixOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        await write(box, {
          kind: "fix-mark",
          session,
          member: box.memberOf(options.member),
          was: STATUS[options.from] ?? "-",
          to: STATUS[options.to] ?? "-",
          reason: FIX_REASONS[options.reason] ?? "other",
          ...noteOf(options.note),
        });
      }),
    );
}

interface MakeupOptions {
  readonly data: string;
  readonly member?: readonly string[];
  readonly how: string;
  readonly item?: string;
  readonly stage?: string;
  readonly day?: string;
  readonly held?: string;
  readonly note?: string;
}

function makeupCommand(tell: Run): Command {
  return writeCommand("makeup", "登记补课、送学上门，或整个单位重上（不改签到）")
    .argument("<场次>", "缺的是哪一场")
    .addOption(choice("--how <方式>", "怎么补的", HOW))
    .addOption(several("--member <编号>", "谁补的"))
    .option("--item <第几课>", "只补第几课，从 1 数起；不写就是全场")
    .option("--stage <步骤>", "集体重上的是哪一步；不写就是全场")
    .option("--day <日期>", "哪天补的，例如 2026-03-12")
    .option("--held <场次>", "在哪一场补的：那一场要放过这一课，并登记了这位同志到场")
    .option("--note <说明>", "补充说明，单独存放，可以删除")
    .action((session: string, options: MakeupOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        await write(box, makeupIntent(session, options, box));
      }),
    );
}

function makeupIntent(session: string, options: MakeupOptions, { memberOf }: Box): Intent {
  const { member = [], how, item, stage, day, held, note } = options;
  return {
    kind: "makeup",
    session,
    item: item === undefined ? null : itemOf(item),
    how: HOW[how] ?? "room",
    members: member.map(memberOf),
    ...(stage === undefined ? {} : { stage }),
    ...dayOf(day),
    ...(held === undefined ? {} : { held }),
    ...noteOf(note),
  };
}

interface EraseOptions {
  readonly data: string;
  readonly member?: string;
  readonly session?: string;
  readonly guest?: string;
  readonly reason: string;
  readonly order: string;
}

function eraseCommand(tell: Run): Command {
  return writeCommand("erase", "从这台机器上删除一位同志的姓名（编号和记录保留，不能恢复）")
    .option("--member <编号>", "名册里的哪位同志")
    .option("--session <场次>", "来宾是哪一场的")
    .option("--guest <第几位>", "那一场的第几位来宾（流动党员、列席、群众），从 register show 看")
    .addOption(choice("--reason <原因>", "为什么删", ERASE_REASONS))
    .requiredOption("--order <文号>", "依据的文件号；不要写姓名")
    .action((options: EraseOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        await write(box, {
          kind: "erase",
          members: [whoIsErased(options, box)],
          reason: ERASE_REASONS[options.reason] ?? "other",
          order: options.order,
        });
      }),
    );
}

function whoIsErased({ member, session, guest }: EraseOptions, box: Box): string {
  if (member !== undefined) return box.memberOf(member);
  if (session === undefined || guest === undefined) {
    throw new CannotRead("要写删谁：--member 编号；来宾写 --session 场次 --guest 第几位。");
  }
  const found = box.sessionOf(session).guests.find(({ no }) => String(no) === guest);
  if (found === undefined) throw new CannotRead(`这一场没有第 ${guest} 位来宾。`);
  return found.id;
}
