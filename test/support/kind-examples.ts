/**
 * One record of every kind, as a journal would hold them. A kind without an example does not
 * compile; the golden vectors `protocol/vectors/kinds.json` are made of these.
 */
import type { PayloadByKind, RecordKind } from "../../protocol/record.ts";

export const KIND_EPOCH = "7c0ffee7";
export const KIND_BOX = "fupdlzbs3wjwlgav";

const HASH = (digit: string) => digit.repeat(64);
const NONE = { G: 0, Q: 0 } as const;
/** `session.open` is the sixth of the list below. */
const SESSION = `${KIND_EPOCH}-6`;
const AT = { session: SESSION, item: 0 } as const;
const [ONE, TWO, THREE, GUEST] = ["aaaaaaaa", "bbbbbbbb", "cccccccc", "guest2abc34d"] as const;
const BOOT_AT = 1_772_670_600_000;

/** In the order in which they are written. */
export const KIND_EXAMPLES: { readonly [K in RecordKind]: PayloadByKind[K] } = {
  init: { box: KIND_BOX, epoch: KIND_EPOCH, previous: null, software: "one-room 0.1.0" },
  boot: { bootId: "boot-1", software: "one-room 0.1.0", copies: ["A", "B"], builtAt: BOOT_AT },
  "time.fix": { bt: 1, mt0: 1000, wall0: BOOT_AT + 1000, unc: 500, source: "county", rtt: 80 },
  "time.set": { bt: 1, mt0: 2000, wall0: null, unc: 43_200_000 },
  roster: { version: 3, sha256: HASH("1"), count: 3, source: "file" },
  "session.open": {
    type: "study-day",
    title: "稻瘟病的识别与防治",
    branches: ["b1"],
    rosterVersion: 3,
    rosterSha256: HASH("1"),
    expected: [ONE, TWO],
    lessons: [{ id: "rice-blast-2026", version: 1, sha256: HASH("2") }],
    method: { id: "wubu", version: 1, sha256: HASH("3") },
    stage: "signin",
    numbers: [1, 2],
    branchAt: [0, 0],
    welcome: [[THREE, 5, "b2"]] as never,
    makesUp: [{ session: "9e45903c-3", item: 0 }],
  },
  attend: {
    session: SESSION,
    marks: [
      [ONE, "P", "call"],
      [TWO, "A", "all"],
      [THREE, "L", "self"],
    ] as never,
    guests: { G: 1, Q: 4 },
  },
  guest: { session: SESSION, guest: GUEST, as: "mobile", event: "came" },
  headcount: { session: SESSION, heads: 8 },
  step: {
    ...AT,
    stage: "s2",
    event: "advance",
    left: { stage: "signin", ending: "done" },
    atMs: 0,
  },
  play: { ...AT, fromMs: 0, toMs: 184_000, rate: 1 },
  cue: { ...AT, cue: 0, event: "explained", atMs: 184_000, marked: true },
  note: { ...AT, topic: "t1", points: [0, 2], speakers: [ONE, GUEST], doubts: true },
  feedback: { ...AT, question: "f1", counts: [5, "few", null] },
  practise: {
    ...AT,
    task: "k1",
    heads: 2,
    members: [ONE],
    hindered: [THREE],
    kind: "try",
    dueDays: 14,
  },
  device: { session: SESSION, device: "tv", power: "on", how: "cec" },
  paper: {
    session: SESSION,
    result: "differs",
    signed: 2,
    missing: [ONE],
    extra: [],
    code: "same",
  },
  "session.close": {
    session: SESSION,
    ending: "done",
    counts: { expected: 2, P: 1, L: 0, X: 0, V: 0, A: 1, unmarked: 0, G: 2, Q: 4 },
    heads: 8,
  },
  "attend.fix": {
    session: SESSION,
    member: TWO,
    ref: `${KIND_EPOCH}-7`,
    from: "A",
    to: "V",
    reason: "proof",
    note: HASH("4"),
  },
  "session.fix": { session: SESSION, field: "Q", from: 4, to: 3, reason: "mistake" },
  makeup: { ...AT, how: "home", members: [TWO], day: "2026-03-12", held: null },
  "practise.result": {
    ...AT,
    task: "k1",
    ending: "partly",
    heads: "few",
    marks: [],
    guests: NONE,
    did: [ONE],
    notYet: [THREE],
    day: "2026-03-19",
  },
  erase: { members: [[THREE, 5]] as never, notes: [HASH("4")], reason: "request", order: "12号" },
  torn: { segment: `j-${KIND_EPOCH}-00001.log`, bytes: 117, sha256: HASH("5"), copy: "B" },
  damage: { from: 4, to: 5, why: "两份都读不出", epoch: "9e45903c" },
  receipt: { epoch: KIND_EPOCH, upTo: 20, h: HASH("6"), ack: '{"m":"{}","kid":"c1","sig":"AA"}' },
  repair: { copy: "B", why: "lag", epoch: KIND_EPOCH, segment: 1 },
  "copy.lost": { copy: "B", code: "EIO" },
  fork: { epoch: "9e45903c", s: 9, why: "county" },
  rollback: { epoch: "9e45903c", ours: 8, theirs: 12 },
  fault: { part: "library", code: "EIO", detail: "读不出" },
  refresh: {
    mode: "night",
    tookMs: 60_000,
    bytes: 156_123_456,
    end: "done",
    added: ["rice-blast-2026"],
    removed: [],
    failed: [{ lesson: "fire-2026", why: "bad-hash" }],
    nextMs: 72_000_000,
  },
};
