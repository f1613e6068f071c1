/** Notices as the console writes and shows them; what a box is given: docs/formats/notices.md. */
import type { Notice } from "./generated/types.ts";

/** For whom a notice is; who is enrolled later and belongs to them gets it too. */
export type NoticeAudience =
  | { readonly kind: "all" }
  /** Words of what is registered as the place of a room: 柳河镇 of 云岭县 柳河镇 青石村. */
  | { readonly kind: "places"; readonly places: readonly string[] }
  | { readonly kind: "boxes"; readonly boxes: readonly string[] };

export interface NewNoticeRequest {
  readonly title: string;
  readonly text: string;
  readonly from: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string;
  readonly audience: NoticeAudience;
}

export interface NoticeLine extends Notice {
  readonly audience: NoticeAudience;
  readonly by: string;
  readonly issuedAtMs: number;
  readonly state: "holds" | "over" | "withdrawn";
  /** Rooms that were told, that said they hold it, that said it was read. */
  readonly rooms: number;
  readonly arrived: number;
  readonly read: number;
}

export interface NoticeRoom {
  readonly box: string;
  readonly name: string;
  readonly place: string;
  /** When the county first heard of it, by its own clock; null: not yet. */
  readonly arrivedAtMs: number | null;
  readonly readAtMs: number | null;
}
