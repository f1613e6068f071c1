export type StartErrorCode =
  | "usage"
  | "port-in-use"
  | "read-only"
  | "no-space"
  | "newer-layout"
  | "other-kind"
  | "locked"
  | "bad-file";

/** Why the service cannot start, in words for the installer. An operating error, told once. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, text: string, options?: ErrorOptions) {
    super(text, options);
    this.code = code;
  }
}
