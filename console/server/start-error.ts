/**
 * Why the county could not start: foreseen, told in plain Chinese on stderr, exit code 1.
 * Everything else that is thrown is a mistake in the program.
 */
export type StartErrorCode =
  | "bad-option"
  | "port-in-use"
  | "address-not-here"
  | "data-not-writable"
  | "data-no-space"
  | "data-newer"
  | "data-foreign"
  | "already-running"
  | "no-database-program"
  | "database-failed"
  | "database-unreachable"
  | "broker-failed"
  | "broker-unreachable";

export class StartError extends Error {
  override readonly name = "StartError";
  readonly code: StartErrorCode;

  /** @param text what is wrong and what to do, in Chinese */
  constructor(code: StartErrorCode, text: string, options?: ErrorOptions) {
    super(text, options);
    this.code = code;
  }
}
