import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { nodeKeyVerifier } from "../../platform/node/node-key-verifier.ts";

const message = Buffer.from("目录");

function ecdsaKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keyval = { public: publicKey.export({ type: "spki", format: "pem" }).toString() };
  const key = { keytype: "ecdsa", scheme: "ecdsa-sha2-nistp256", keyval };
  return { key, signature: sign("sha256", message, privateKey).toString("hex") };
}

function ed25519Key() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const keyval = { public: Buffer.from(x, "base64url").toString("hex") };
  const key = { keytype: "ed25519", scheme: "ed25519", keyval };
  return { key, signature: sign(null, message, privateKey).toString("hex") };
}

const KINDS = { ecdsa: ecdsaKey, ed25519: ed25519Key };
const { verify } = nodeKeyVerifier();

test.each(Object.entries(KINDS))("Y1: %s: these bytes by this key are believed", (_name, make) => {
  const { key, signature } = make();
  expect(verify(key, message, signature)).toBe(true);
});

test.each(Object.entries(KINDS))("Y1: %s: other bytes or another key are not", (_name, make) => {
  const { key, signature } = make();
  expect(verify(key, Buffer.from("目錄"), signature)).toBe(false);
  expect(verify(make().key, message, signature)).toBe(false);
});

test("Y2: an unknown kind, no key and no signature vouch for nothing", () => {
  const { key, signature } = ecdsaKey();
  expect(verify({ ...key, keytype: "rsa" }, message, signature)).toBe(false);
  expect(verify({ ...key, scheme: "none" }, message, signature)).toBe(false);
  expect(verify({ ...key, keyval: { public: "no key" } }, message, signature)).toBe(false);
  expect(verify({ ...ed25519Key().key, keyval: { public: "ab" } }, message, signature)).toBe(false);
  for (const text of ["", "zz", "abc", `${signature}00`]) {
    expect(verify(key, message, text)).toBe(false);
  }
});

test("Y1: RSA is believed only where it was asked for", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const padding = 6; // RSA_PKCS1_PSS_PADDING
  const signature = sign("sha256", message, { key: privateKey, padding, saltLength: 32 });
  const keyval = { public: publicKey.export({ type: "spki", format: "pem" }).toString() };
  const key = { keytype: "rsa", scheme: "rsassa-pss-sha256", keyval };
  const text = signature.toString("hex");
  expect(verify(key, message, text)).toBe(false);
  expect(nodeKeyVerifier({ withRsa: true }).verify(key, message, text)).toBe(true);
});
