/** `console user`: people who may log in to the console. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { Command, Option } from "commander";
import type { Me } from "../../protocol/console-api.ts";
import { findConsole } from "./console-client.ts";
import { optionsWithData } from "./data-option.ts";
import { tellFailure } from "./tell-failure.ts";

interface AddOptions {
  readonly data: string;
  readonly role: "admin" | "staff";
  readonly displayName?: string;
  readonly passwordStdin?: true;
  readonly json?: true;
}

interface ListOptions {
  readonly data: string;
  readonly json?: true;
}

export function userCommand(): Command {
  const add = new Command("add")
    .argument("<用户名>", "小写字母、数字或 . _ -")
    .description("添加一个能登录控制台的用户；不给密码就生成一个并打印出来")
    .option("--data <文件夹>", "县控制台的数据文件夹")
    .addOption(new Option("--role <角色>", "权限").choices(["staff", "admin"]).default("staff"))
    .option("--display-name <姓名>", "页面上显示的姓名")
    .option("--password-stdin", "从标准输入读密码（至少 8 个字符）")
    .option("--json", "只打印一行 JSON")
    .action((user: string, _options, command: Command) =>
      tellFailure(() => addUser(user, optionsWithData<AddOptions>(command))),
    );
  const list = new Command("list")
    .description("列出能登录控制台的用户")
    .option("--data <文件夹>", "县控制台的数据文件夹")
    .option("--json", "打印 JSON 数组")
    .action((_options, command: Command) =>
      tellFailure(() => listUsers(optionsWithData<ListOptions>(command))),
    );
  return new Command("user")
    .description("控制台的用户（县控制台要正在运行）")
    .addCommand(add)
    .addCommand(list);
}

async function addUser(user: string, options: AddOptions): Promise<void> {
  const { data, role, displayName: name = user, passwordStdin, json } = options;
  const client = await findConsole(resolve(data));
  const password = passwordStdin
    ? (await readAll(process.stdin)).replace(/\r?\n$/, "")
    : randomBytes(9).toString("base64url");
  const made = (await client.ask("POST", "/api/users", { user, name, role, password })) as Me;
  const shown = passwordStdin ? {} : { password };
  if (json) process.stdout.write(`${JSON.stringify({ ...made, ...shown })}\n`);
  else {
    const words = passwordStdin ? "" : `密码：${password}（只显示这一次）\n`;
    process.stdout.write(`已添加用户 ${made.user}（${roleName(made.role)}）。\n${words}`);
  }
}

async function listUsers({ data, json }: ListOptions): Promise<void> {
  const client = await findConsole(resolve(data));
  const users = (await client.ask("GET", "/api/users")) as Me[];
  if (json) process.stdout.write(`${JSON.stringify(users)}\n`);
  else if (users.length === 0) process.stdout.write("还没有用户。\n");
  for (const { user, name, role } of json ? [] : users) {
    process.stdout.write(`${user}\t${name}\t${roleName(role)}\n`);
  }
}

function roleName(role: Me["role"]): string {
  return role === "admin" ? "管理员" : "工作人员";
}
