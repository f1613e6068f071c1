/** `register paper`: how the marks compare with the paper 签到册. */
import type { Command } from "commander";
import type { PaperCode, PaperResult } from "../../protocol/generated/types.ts";
import { choice, countOf, openBox, type Run, several, write, writeCommand } from "./write-door.ts";

const RESULTS: Readonly<Record<string, PaperResult>> = {
  一致: "same",
  不一致: "differs",
  没有纸质: "none",
};
const CODES: Readonly<Record<string, PaperCode | null>> = {
  抄对了: "same",
  对不上: "differs",
  没有抄: "unwritten",
  没有看: null,
};

interface PaperOptions {
  readonly data: string;
  readonly result: string;
  readonly signed?: string;
  readonly missing?: readonly string[];
  readonly extra?: readonly string[];
  readonly code: string;
}

export function paperCommand(tell: Run): Command {
  return writeCommand("paper", "登记与纸质签到册核对的结果（不改签到；要改用 register fix）")
    .argument("<场次>", "场次号，从 register sessions 看")
    .addOption(choice("--result <结果>", "核对得怎样", RESULTS))
    .option("--signed <人数>", "纸上有几个签名；不写就是没有数")
    .addOption(several("--missing <编号>", "登记到场、纸上没有签名的同志"))
    .addOption(several("--extra <编号>", "纸上有签名、没有登记到场的同志"))
    .addOption(choice("--code <核验码>", "纸上的核验码", CODES).default("没有看"))
    .action((session: string, options: PaperOptions) =>
      tell(async () => {
        const { result, signed, missing = [], extra = [], code } = options;
        const box = await openBox(options.data);
        await write(box, {
          kind: "paper",
          session,
          result: RESULTS[result] ?? "differs",
          signed: signed === undefined ? null : countOf("--signed", signed),
          missing: missing.map(box.memberOf),
          extra: extra.map(box.memberOf),
          code: CODES[code] ?? null,
        });
      }),
    );
}
