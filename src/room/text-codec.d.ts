/** In Node and in every web view (WHATWG Encoding); in neither of the libraries we compile with. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
