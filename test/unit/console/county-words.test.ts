/** Goal: what the county's server is told, and tells, in text: options, schema errors, files. */
import { createPublicKey, verify } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { LoginLimit } from "../../../console/server/api/login-limit.ts";
import { schemaErrorText } from "../../../console/server/api/schema-text.ts";
import { readArguments } from "../../../console/server/arguments.ts";
import {
  mosquittoAcl,
  mosquittoConf,
  mosquittoHash,
  mosquittoPasswords,
} from "../../../console/server/broker/mosquitto-config.ts";
import { openSigningKey } from "../../../console/server/keys.ts";
import { isRoster, isSigned } from "../../../protocol/generated/validators.js";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe("readArguments", () => {
  test("fills in what is not given", () => {
    expect(readArguments(["--data", "/srv/county"])).toEqual({
      data: "/srv/county",
      host: "127.0.0.1",
      publicHost: "127.0.0.1",
      port: 7400,
      brokerPort: 7483,
      webFolder: null,
      databaseUrl: null,
      brokerUrl: null,
      utcOffsetMinutes: 480,
      lostDebounceMs: 60_000,
      originTree: null,
      originKeys: null,
      originUrl: null,
    });
  });

  test.each([
    [[], "少了 --data"],
    [["--data", "x", "--port", "70000"], "--port 应当是 0 到 65535 的整数，不能是 70000"],
    [["--data", "x", "--port", "abc"], "--port"],
    [["--data", "x", "--broker-url", "http://x"], "--broker-url 应当是一个 mqtt:// 开头的地址"],
    [["--data", "x", "--nonsense"], "--nonsense"],
    [["--data"], "--data"],
  ])("says what is wrong with %j", (args, words) => {
    expect(() => readArguments(args)).toThrow(words);
  });
});

describe("schemaErrorText", () => {
  const roster = (member: object) => ({
    schema: "one-room.roster/1",
    version: 1,
    branches: [{ id: "b1", name: "支部", kind: "village" }],
    members: [
      {
        id: "abcdefgh",
        no: 1,
        name: "张三",
        initials: "zs",
        branch: "b1",
        group: "",
        management: "direct",
        status: "active",
        roles: [],
        ...member,
      },
    ],
  });

  test.each([
    [{ name: "张".repeat(26) }, "/members/0/name：太长，最多 25 个字"],
    [{ no: 1000 }, "/members/0/no：太大，最大 999"],
    [{ status: "gone" }, "/members/0/status：只能是 active、left"],
    [{ age: 70 }, "/members/0：多了不认识的 age"],
  ])("names the place and the reason of %j", (member, words) => {
    expect(isRoster(roster(member))).toBe(false);
    const [error] = isRoster.errors ?? [];
    expect(error && schemaErrorText(error)).toBe(words);
  });
});

describe("LoginLimit", () => {
  test("lets five failures pass, then makes each try wait longer than the one before", () => {
    const limit = new LoginLimit();
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      limit.failed(["user li"], 0);
      waits.push(limit.waitMs(["user li"], 0));
    }
    expect(waits).toEqual([0, 0, 0, 0, 2000, 4000, 8000, 16_000]);
    expect(limit.waitMs(["user wang"], 0)).toBe(0);
  });

  test("forgets failures after a right password, and after a quarter of an hour", () => {
    const limit = new LoginLimit();
    for (let failure = 0; failure < 6; failure += 1) limit.failed(["a", "b"], 0);
    limit.succeeded(["a"]);
    expect(limit.waitMs(["a"], 1)).toBe(0);
    expect(limit.waitMs(["b"], 1)).toBe(3999);
    expect(limit.waitMs(["b"], 15 * 60_000)).toBe(0);
  });
});

describe("files for a Mosquitto", () => {
  test("the access list gives a box its own topics and nothing else", () => {
    expect(mosquittoAcl()).toBe(
      [
        "user county",
        "topic readwrite orp/1/#",
        "",
        "pattern write orp/1/b/%u/up/#",
        "pattern read orp/1/b/%u/dn/#",
        "pattern read orp/1/host/state",
        "",
      ].join("\n"),
    );
  });

  test("the settings let nobody in without a name, nor under another's", () => {
    const text = mosquittoConf(
      { host: "127.0.0.1", port: 1883 },
      { passwords: "/etc/p", acl: "/etc/a" },
    );
    expect(text.split("\n")).toEqual(
      expect.arrayContaining([
        "listener 1883 127.0.0.1",
        "allow_anonymous false",
        "use_username_as_clientid true",
        "password_file /etc/p",
        "acl_file /etc/a",
        "message_size_limit 65536",
      ]),
    );
  });

  test("an account is a line with the hash that mosquitto_passwd makes", () => {
    // PBKDF2-HMAC-SHA512, 101 rounds, of "secret" with twelve zero bytes as salt.
    const hash = mosquittoHash("secret", new Uint8Array(12));
    expect(hash.startsWith("$7$101$AAAAAAAAAAAAAAAA$")).toBe(true);
    expect(mosquittoPasswords([{ user: "abcdefghij", hash }])).toBe(`abcdefghij:${hash}\n`);
  });
});

test("the county's key is made once, is nobody else's to read, and vouches for the exact text", async () => {
  const folder = await mkdtemp(join(tmpdir(), "one-room-keys-"));
  folders.push(folder);
  const key = await openSigningKey(folder);
  const again = await openSigningKey(folder);
  expect(again.publicPem).toBe(key.publicPem);
  expect((await stat(join(folder, "county-key.pem"))).mode & 0o777).toBe(0o600);
  const sealed = key.seal({ v: 1, text: "确认" });
  expect(isSigned(sealed)).toBe(true);
  const publicKey = { key: createPublicKey(key.publicPem), dsaEncoding: "ieee-p1363" } as const;
  const signature = Buffer.from(sealed.sig, "base64url");
  expect(verify("sha256", Buffer.from(sealed.m), publicKey, signature)).toBe(true);
  expect(verify("sha256", Buffer.from(`${sealed.m} `), publicKey, signature)).toBe(false);
});
