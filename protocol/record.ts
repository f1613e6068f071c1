/**
 * The kinds of journal record, and what each one carries. Bytes: docs/formats/journal.md.
 *
 * A kind that is not named here is still a record: it is kept, carried and acknowledged.
 */
import type {
  AttendFixPayload,
  AttendPayload,
  BootPayload,
  CopyLostPayload,
  CuePayload,
  DamagePayload,
  DevicePayload,
  ErasePayload,
  FaultPayload,
  FeedbackPayload,
  ForkPayload,
  GuestPayload,
  HeadcountPayload,
  InitPayload,
  MakeupPayload,
  NotePayload,
  PaperPayload,
  PlayPayload,
  PractisePayload,
  PractiseResultPayload,
  ReceiptPayload,
  RecordEnvelope,
  RefreshPayload,
  RepairPayload,
  RollbackPayload,
  RosterPayload,
  SessionClosePayload,
  SessionFixPayload,
  SessionOpenPayload,
  StepPayload,
  TimeFixPayload,
  TimeSetPayload,
  TornPayload,
} from "./generated/types.ts";

/** Kind to payload, version 1 of each. */
export interface PayloadByKind {
  init: InitPayload;
  boot: BootPayload;
  "time.fix": TimeFixPayload;
  "time.set": TimeSetPayload;
  roster: RosterPayload;
  "session.open": SessionOpenPayload;
  attend: AttendPayload;
  headcount: HeadcountPayload;
  step: StepPayload;
  play: PlayPayload;
  cue: CuePayload;
  note: NotePayload;
  feedback: FeedbackPayload;
  practise: PractisePayload;
  "session.close": SessionClosePayload;
  "attend.fix": AttendFixPayload;
  "session.fix": SessionFixPayload;
  makeup: MakeupPayload;
  "practise.result": PractiseResultPayload;
  guest: GuestPayload;
  paper: PaperPayload;
  erase: ErasePayload;
  torn: TornPayload;
  damage: DamagePayload;
  receipt: ReceiptPayload;
  repair: RepairPayload;
  "copy.lost": CopyLostPayload;
  fork: ForkPayload;
  rollback: RollbackPayload;
  fault: FaultPayload;
  device: DevicePayload;
  refresh: RefreshPayload;
}

export type RecordKind = keyof PayloadByKind;

/** What a part asks to be written: the register adds identity, chain and clocks. */
export type RecordDraft = {
  readonly [K in RecordKind]: { readonly k: K; readonly d: PayloadByKind[K] };
}[RecordKind];

/** A record of a known kind, parsed. */
export type KnownRecord = {
  readonly [K in RecordKind]: RecordEnvelope & { readonly k: K; readonly d: PayloadByKind[K] };
}[RecordKind];

/** A record as it is stored and sent. */
export interface StoredRecord {
  /** Epoch, 8 hex digits. */
  readonly e: string;
  /** Sequence in the epoch, from 1. */
  readonly s: number;
  /** SHA-256 of (previous hash, json bytes), 64 hex digits. */
  readonly h: string;
  /** The exact JSON that was hashed. Never re-serialised. */
  readonly json: string;
  /** `json`, parsed. */
  readonly record: RecordEnvelope;
}

const KINDS: ReadonlySet<string> = new Set<RecordKind>([
  "init",
  "boot",
  "time.fix",
  "time.set",
  "roster",
  "session.open",
  "attend",
  "headcount",
  "step",
  "play",
  "cue",
  "note",
  "feedback",
  "practise",
  "session.close",
  "attend.fix",
  "session.fix",
  "makeup",
  "practise.result",
  "guest",
  "paper",
  "erase",
  "torn",
  "damage",
  "receipt",
  "repair",
  "copy.lost",
  "fork",
  "rollback",
  "fault",
  "device",
  "refresh",
]);

/**
 * Narrows a record to its kind. Version 1 only: a later version of a kind may mean something else.
 */
export function isKnownRecord(record: RecordEnvelope): record is KnownRecord {
  return record.v === 1 && KINDS.has(record.k);
}
