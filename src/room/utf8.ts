const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

export function encodeUtf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** A byte order mark, as editors on office machines write it, is dropped. */
export function decodeUtf8(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}
