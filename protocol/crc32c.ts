/** CRC-32C (Castagnoli), as in RFC 3720 appendix B.4: polynomial 0x1EDC6F41, reflected. */
const TABLE = makeTable();

function makeTable(): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
    }
    table[byte] = value >>> 0;
  }
  return table;
}

/** @returns an unsigned 32-bit integer */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  // By index, not by iterator: a start of the box sums the whole journal.
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] as number)) & 0xff] as number);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
