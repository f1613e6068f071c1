/**
 * Counts a client's bytes packet by packet and says when one announces itself as too long, before
 * anything is kept of it: the broker's parser itself would gather up to 256 MiB.
 */

/** Long enough for any message of the protocol with its topic and header. */
export const PACKET_BYTES_MAX = 64 * 1024 + 1024;

/** MQTT 3.1.1 §2.2.3: at most four bytes of length, seven bits each. */
const LENGTH_BYTES_MAX = 4;

export class PacketGuard {
  readonly #maxBytes: number;
  /** Bytes of the current packet's body that are still to come; 0: a header is next. */
  #rest = 0;
  #length = 0;
  /** Bytes of the fixed header that were read; the first one is the packet's type. */
  #headerBytes = 0;

  constructor(maxBytes = PACKET_BYTES_MAX) {
    this.#maxBytes = maxBytes;
  }

  /** False: the stream holds a packet that is too long, or no MQTT. It may not be read on. */
  accepts(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#rest > 0) {
        const skipped = Math.min(this.#rest, chunk.length - at);
        this.#rest -= skipped;
        at += skipped;
        continue;
      }
      if (!this.#readHeaderByte(chunk[at] ?? 0)) return false;
      at += 1;
    }
    return true;
  }

  #readHeaderByte(byte: number): boolean {
    if (this.#headerBytes === 0) {
      this.#headerBytes = 1;
      this.#length = 0;
      return true;
    }
    this.#length += (byte & 0x7f) * 128 ** (this.#headerBytes - 1);
    this.#headerBytes += 1;
    if (this.#length > this.#maxBytes) return false;
    if ((byte & 0x80) !== 0) return this.#headerBytes <= LENGTH_BYTES_MAX;
    this.#rest = this.#length;
    this.#headerBytes = 0;
    return true;
  }
}
