/** Goal: no client makes the broker gather more bytes than a message of the protocol has. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { PacketGuard } from "../../../console/server/broker/packet-guard.ts";

/** An MQTT packet with a body of that length: type, remaining length, zeros. */
function packet(bodyBytes: number): Buffer {
  const header = [0x30];
  let rest = bodyBytes;
  do {
    const more = rest >= 128 ? 0x80 : 0;
    header.push((rest % 128) | more);
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), Buffer.alloc(bodyBytes)]);
}

test("packets up to the limit pass, however the network cuts them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (sizes, cuts) => {
        const stream = Buffer.concat(sizes.map(packet));
        const guard = new PacketGuard(300);
        let at = 0;
        for (let index = 0; at < stream.length; index += 1) {
          const size = cuts[index % cuts.length] ?? 1;
          expect(guard.accepts(stream.subarray(at, at + size))).toBe(true);
          at += size;
        }
      },
    ),
  );
});

test("a packet over the limit is refused at its header, before its body comes", () => {
  const guard = new PacketGuard(300);
  expect(guard.accepts(packet(300))).toBe(true);
  expect(guard.accepts(packet(301).subarray(0, 3))).toBe(false);
});

test("a length that never ends is refused", () => {
  expect(new PacketGuard(10 ** 9).accepts(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80]))).toBe(false);
});
