/** 核验码: the head code shown at the close of a session, for the paper 签到册. */

/** 32 characters without 0, O, 1 and I, which old eyes and handwriting confuse. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 10;

/** The first 50 bits of a hash (64 hex digits) as 10 base-32 characters, 5-5. */
export function headCode(hash: string): string {
  let bits = "";
  for (const digit of hash.slice(0, 14)) bits += parseInt(digit, 16).toString(2).padStart(4, "0");
  let code = "";
  for (let index = 0; index < LENGTH; index += 1) {
    code += ALPHABET.charAt(parseInt(bits.slice(index * 5, index * 5 + 5), 2));
  }
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}
