/** `register fix|makeup|erase`: what is written of sessions that are over. */
import { Command, Option } from "commander";
import type { EraseReason, FixReason, Intent, MakeupHow } from "../../protocol/generated/types.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import { writeThroughBox } from "./door.ts";
import { type BoxReading, CannotRead, openReading, readRoster } from "./open-reading.ts";
import { STATUS_WORDS } from "./words.ts";

type Run = (act: () => Promise<void>) => Promise<void>;

const FIX_REASONS: Readonly<Record<string, FixReason>> = {
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
const STATUS = Object.fromEntries(
  Object.entries(STATUS_WORDS).map(([status, word]) => [word, status]),
) as Readonly<Record<string, keyof typeof STATUS_WORDS>>;

const DATA = ["--data <文件夹>", "播放盒的数据文件夹,或演示的数据文件夹"] as const;

function choice(flags: string, text: string, words: object): Option {
  return new Option(flags, text).choices(Object.keys(words)).makeOptionMandatory();
}

export function writeCommands(tell: Run): Command[] {
  return [fixCommand(tell), makeupCommand(tell), eraseCommand(tell)];
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
  return new Command("fix")
    .description("更正已经结束的一场里一位同志的签到(原来的记录保留,登记簿上显示“更”)")
    .argument("<场次>", "场次号,从 register sessions 看")
    .requiredOption(...DATA)
    .requiredOption("--member <编号>", "哪位同志")
    .addOption(choice("--from <状态>", "现在登记的是什么", STATUS))
    .addOption(choice("--to <状态>", "改成什么", STATUS))
    .addOption(choice("--reason <原因>", "为什么改", FIX_REASONS))
    .option("--note <说明>", "补充说明,单独存放,可以删除")
    .action((session: string, options: FixOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        const note = options.note === undefined ? {} : { note: options.note };
        await write(box, {
          kind: "fix-mark",
          session,
          member: box.memberOf(options.member),
          was: STATUS[options.from] ?? "-",
          to: STATUS[options.to] ?? "-",
          reason: FIX_REASONS[options.reason] ?? "other",
          ...note,
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
}

function makeupCommand(tell: Run): Command {
  return new Command("makeup")
    .description("登记补课、送学上门,或整个单位重上(不改签到)")
    .argument("<场次>", "缺的是哪一场")
    .requiredOption(...DATA)
    .addOption(choice("--how <方式>", "怎么补的", HOW))
    .option("--member <编号...>", "谁补的,可以写几位")
    .option("--item <第几课>", "只补第几课,从 1 数起;不写就是全场")
    .option("--stage <步骤>", "集体重上的是哪一步;不写就是全场")
    .option("--day <日期>", "哪天补的,例如 2026-03-12")
    .action((session: string, options: MakeupOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        await write(box, makeupIntent(session, options, box));
      }),
    );
}

function makeupIntent(session: string, options: MakeupOptions, { memberOf }: Box): Intent {
  const { member = [], how, item, stage, day } = options;
  if (item !== undefined && !/^[1-6]$/.test(item))
    throw new CannotRead("--item 要在 1 到 6 之间。");
  if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) {
    throw new CannotRead("--day 要写成 2026-03-12 这样。");
  }
  return {
    kind: "makeup",
    session,
    item: item === undefined ? null : Number(item) - 1,
    how: HOW[how] ?? "room",
    members: member.map(memberOf),
    ...(stage === undefined ? {} : { stage }),
    ...(day === undefined ? {} : { day }),
  };
}

interface EraseOptions {
  readonly data: string;
  readonly member: string;
  readonly reason: string;
  readonly order: string;
}

function eraseCommand(tell: Run): Command {
  return new Command("erase")
    .description("从这台机器上删除一位同志的姓名(编号和记录保留,不能恢复)")
    .requiredOption(...DATA)
    .requiredOption("--member <编号>", "哪位同志")
    .addOption(choice("--reason <原因>", "为什么删", ERASE_REASONS))
    .requiredOption("--order <文号>", "依据的文件号;不要写姓名")
    .action((options: EraseOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        await write(box, {
          kind: "erase",
          members: [box.memberOf(options.member)],
          reason: ERASE_REASONS[options.reason] ?? "other",
          order: options.order,
        });
      }),
    );
}

interface Box {
  readonly reading: BoxReading;
  memberOf(no: string): string;
}

async function openBox(data: string): Promise<Box> {
  const reading = await openReading(data);
  const { fold, folder } = reading;
  const directory = new MemberDirectory(readRoster(folder), fold.erasures.members, fold.sessions());
  const memberOf = (no: string): string => {
    const found = directory.find(Number(no));
    if (found === undefined) throw new CannotRead(`没有 ${no} 号。`);
    return found;
  };
  return { reading, memberOf };
}

async function write({ reading }: Box, intent: Intent): Promise<void> {
  await writeThroughBox(reading.folder, intent);
  process.stdout.write("已保存。\n");
}
