/**
 * CRC-32C (Castagnoli), as in RFC 3720 appendix B.4: polynomial 0x1EDC6F41, reflected. Four bytes
 * at a time ("slicing by four"): a start of the box sums the whole journal.
 */
const POLYNOMIAL = 0x82f63b78;

/** What a byte does to the sum when no other follows it, one, two, three. */
const ALONE = makeTable();
const BEFORE_1 = shifted(ALONE);
const BEFORE_2 = shifted(BEFORE_1);
const BEFORE_3 = shifted(BEFORE_2);

function makeTable(): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    }
    table[byte] = value;
  }
  return table;
}

function shifted(table: Uint32Array): Uint32Array {
  return table.map((value) => (value >>> 8) ^ look(ALONE, value));
}

function look(table: Uint32Array, value: number): number {
  return table[value & 0xff] as number;
}

/**
 * @param from first byte that is summed @param to the one behind the last
 * @returns an unsigned 32-bit integer
 */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = -1;
  let at = from;
  // By index, not by iterator or view: that alone would take longer than the sum.
  for (; at + 4 <= to; at += 4) {
    crc ^= wordAt(bytes, at);
    crc =
      look(BEFORE_3, crc) ^
      look(BEFORE_2, crc >>> 8) ^
      look(BEFORE_1, crc >>> 16) ^
      look(ALONE, crc >>> 24);
  }
  for (; at < to; at += 1) crc = (crc >>> 8) ^ look(ALONE, crc ^ (bytes[at] as number));
  return ~crc >>> 0;
}

/** The little end first, whatever the machine. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}
