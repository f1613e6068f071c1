/** `lesson keys make | rotate | threshold`. */
import type { KeyRole } from "../../console/supply/catalogue/key-folder.ts";
import {
  makeCatalogue,
  rotateKey,
  setThreshold,
} from "../../console/supply/catalogue/manage-keys.ts";
import { SupplyError } from "../../console/supply/catalogue/supply-error.ts";
import { type SupplyCommandOptions, supplying } from "./supply-options.ts";

export interface MakeKeysOptions extends SupplyCommandOptions {
  readonly rootKeys: string;
  readonly threshold: string;
}

export function makeKeysCommand(options: MakeKeysOptions): Promise<void> {
  return supplying(options, async (supply) => {
    const rootKeys = Number(options.rootKeys);
    const threshold = Number(options.threshold);
    const keys = await makeCatalogue({ ...supply, rootKeys, threshold });
    const names = keys.map(({ name }) => name).join(" ");
    process.stdout.write(
      `片源目录在 ${supply.tree}，私钥在 ${supply.keysFolder}：${names}\n` +
        "root 的私钥请拷到几个 U 盘里分开保管，再从这台电脑上删掉；丢了它们，目录就再也改不了密钥。\n" +
        `把 ${supply.tree}/metadata/1.root.json 交给安装播放盒的人。\n`,
    );
  });
}

export interface RotateKeyOptions extends SupplyCommandOptions {
  readonly role: string;
  readonly key?: string;
}

export function rotateKeyCommand(options: RotateKeyOptions): Promise<void> {
  return supplying(options, async (supply) => {
    if (!isKeyRole(options.role)) throw new SupplyError("--role 只能是 root、lessons 或 online。");
    const fresh = await rotateKey({ ...supply, role: options.role, name: options.key });
    process.stdout.write(`换好了：新的私钥是 ${fresh.name}，旧的不再有效，可以销毁。\n`);
  });
}

function isKeyRole(text: string): text is KeyRole {
  return text === "root" || text === "lessons" || text === "online";
}

export function thresholdCommand(text: string, options: SupplyCommandOptions): Promise<void> {
  return supplying(options, async (supply) => {
    await setThreshold({ ...supply, threshold: Number(text) });
    process.stdout.write(`从现在起，改动根目录要 ${text} 把 root 私钥。\n`);
  });
}
