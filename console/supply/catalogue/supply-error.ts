/** What a person must see to before it can go on. The message is plain Chinese. */
export class SupplyError extends Error {
  override readonly name = "SupplyError";
}
