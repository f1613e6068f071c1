/** What a check of a lesson says. */
export interface Finding {
  /** `error`: the box refuses it, or people cannot read it. `skipped`: it was not looked at. */
  readonly level: "error" | "warning" | "skipped";
  /** In the package; after `#` in a document, after `:` a line, after `@` a time. */
  readonly path: string;
  /** Plain Chinese. */
  readonly text: string;
}
