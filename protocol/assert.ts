/** Thrown where the program itself is wrong. Nobody catches it but the watchdog. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** States a fact that the rest of the function relies on. */
export function assert(fact: boolean, why: string): asserts fact {
  if (!fact) throw new AssertionError(why);
}

/** Ends a `switch` that must name every case: a missing one is a compile error at the call. */
export function unreachable(value: never): never {
  throw new AssertionError(`no such case: ${JSON.stringify(value)}`);
}
