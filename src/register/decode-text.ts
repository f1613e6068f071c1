const DECODER = new TextDecoder();

/** UTF-8; bytes that are none become U+FFFD, and the record's sum tells. */
export function decodeText(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}
