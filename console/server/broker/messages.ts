/** What console and broker process say to each other over their IPC channel. */

/** Console → broker. `accounts` before anything else: until then every box is turned away. */
export type BrokerOrder =
  | {
      readonly kind: "open";
      readonly host: string;
      readonly port: number;
      /** SHA-256 of the county's own secret; made anew at each start of the console. */
      readonly countySha256: string;
      /** Box id to SHA-256 of its password. */
      readonly accounts: Readonly<Record<string, string>>;
    }
  /** A box was enrolled, or enrolled again: whoever holds the old password is cut off. */
  | { readonly kind: "account"; readonly box: string; readonly sha256: string };

/** Broker → console. */
export type BrokerReport =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "cannot-listen"; readonly code: string }
  | { readonly kind: "refused"; readonly box: string; readonly why: string };

/** The county's own user name; no box id can be it, it is too short. */
export const COUNTY_USER = "county";
