import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { nodeSignatureVerifier } from "../../platform/node/node-signature.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
const message = Buffer.from("应到 50 人");
const signature = sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
const text = signature.toString("base64url");

test("G1: a signature over these bytes by this key is believed", () => {
  expect(nodeSignatureVerifier.verify(pem, message, text)).toBe(true);
});

test("G1: other bytes, another key or another encoding are not", () => {
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
  const otherPem = other.export({ type: "spki", format: "pem" }).toString();
  const der = sign("sha256", message, privateKey).toString("base64url");
  expect(nodeSignatureVerifier.verify(pem, Buffer.from("应到 51 人"), text)).toBe(false);
  expect(nodeSignatureVerifier.verify(otherPem, message, text)).toBe(false);
  expect(nodeSignatureVerifier.verify(pem, message, der)).toBe(false);
});

test.each([
  ["", ""],
  ["not a key", text],
  [pem, "not a signature"],
])("G2: nonsense vouches for nothing and throws nothing (%#)", (key, nonsense) => {
  expect(nodeSignatureVerifier.verify(key, message, nonsense)).toBe(false);
});
