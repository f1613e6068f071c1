/** `register task`: what became of 课后实践. */
import type { Command } from "commander";
import type { HandCount, TaskEnding } from "../../protocol/generated/types.ts";
import { CannotRead } from "./open-reading.ts";
import {
  choice,
  countOf,
  dayOf,
  itemOf,
  noteOf,
  openBox,
  type Run,
  several,
  write,
  writeCommand,
} from "./write-door.ts";

const ENDINGS: Readonly<Record<string, TaskEnding>> = {
  完成: "done",
  部分完成: "partly",
  不做了: "dropped",
};
const COARSE: Readonly<Record<string, HandCount>> = {
  没有人: "none",
  少数: "few",
  一半: "half",
  多数: "most",
  全部: "all",
  没有数: null,
};

interface TaskOptions {
  readonly data: string;
  readonly task: string;
  readonly item: string;
  readonly ending: string;
  readonly heads: string;
  readonly did?: readonly string[];
  readonly notYet?: readonly string[];
  readonly came?: readonly string[];
  readonly day?: string;
  readonly note?: string;
}

export function taskCommand(tell: Run): Command {
  return writeCommand("task", "登记一项课后实践做得怎样（没完成的下一场还会问）")
    .argument("<场次>", "布置它的那一场")
    .requiredOption("--task <代号>", "哪一项，从 register book tasks 看")
    .option("--item <第几课>", "第几课布置的，从 1 数起", "1")
    .addOption(choice("--ending <结果>", "做得怎样", ENDINGS))
    .option("--heads <人数>", `做了的人数，或 ${Object.keys(COARSE).join("、")}`, "没有数")
    .addOption(several("--did <编号>", "做到了的同志"))
    .addOption(several("--not-yet <编号>", "还没做到的同志"))
    .addOption(several("--came <编号>", "集体活动签到的同志"))
    .option("--day <日期>", "哪天的事，例如 2026-03-12")
    .option("--note <说明>", "补充说明，单独存放，可以删除")
    .action((session: string, options: TaskOptions) =>
      tell(async () => {
        const box = await openBox(options.data);
        const { task, item, ending, heads, did, notYet, came = [], day, note } = options;
        const marks = came.map((no) => [box.memberOf(no), "P", "paper"]) as never;
        await write(box, {
          kind: "report-task",
          session,
          item: itemOf(item),
          task,
          ending: ENDINGS[ending] ?? "partly",
          heads: handsOf(heads),
          marks,
          ...(did === undefined ? {} : { did: did.map(box.memberOf) }),
          ...(notYet === undefined ? {} : { notYet: notYet.map(box.memberOf) }),
          ...dayOf(day),
          ...noteOf(note),
        });
      }),
    );
}

/** @throws CannotRead */
function handsOf(text: string): HandCount {
  const coarse = COARSE[text];
  if (coarse !== undefined) return coarse;
  if (!/^\d+$/.test(text)) {
    throw new CannotRead(`--heads 要写一个数，或 ${Object.keys(COARSE).join("、")}。`);
  }
  return countOf("--heads", text);
}
