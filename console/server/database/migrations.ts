/**
 * The county's tables, in plain SQL, one migration after another. A migration that was published
 * is never changed; what comes later is appended.
 *
 * Times are UTC milliseconds (`bigint`), by the county's clock unless the name says otherwise.
 */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const FIRST = `
create table boxes (
  id text primary key check (id ~ '^[a-z0-9]{10,26}$'),
  name text not null,
  place text not null,
  password_sha256 text not null,
  mosquitto_hash text not null,
  config_version integer not null default 0,
  enrolled_at bigint not null
);

-- What a box last said of itself.
create table box_link (
  box text primary key references boxes(id),
  state text,
  link bigint not null default -1,
  n bigint not null default -1,
  since_at bigint,
  lost_at bigint,
  seen_at bigint,
  birth json,
  birth_at bigint,
  tel json,
  tel_at bigint
);

-- The records of every journal, exactly as they were hashed. json is text: jsonb would rewrite it.
create table rec (
  box text not null references boxes(id),
  epoch text not null,
  s bigint not null,
  h text not null,
  json text not null,
  -- What the record says of its predecessor: 16 bytes of a hash.
  previous text not null,
  kind text not null,
  session text,
  received_at bigint not null,
  primary key (box, epoch, s)
);
create index rec_session on rec (box, session, epoch, s) where session is not null;

-- Records whose hash or chain contradicts what is held; never dropped, never put in place of it.
create table conflicts (
  box text not null references boxes(id),
  epoch text not null,
  s bigint not null,
  h text not null,
  json text not null,
  received_at bigint not null,
  primary key (box, epoch, s, h)
);

create table cursors (
  box text not null references boxes(id),
  epoch text not null,
  contig bigint not null default 0,
  contig_hash text,
  extra int8multirange not null default '{}',
  head bigint not null default 0,
  first_seen_at bigint not null,
  primary key (box, epoch)
);

create table sessions (
  box text not null references boxes(id),
  session text not null,
  epoch text not null,
  -- json is only read as a whole: its functions stumble over a NUL in any text of it.
  register json not null,
  method_sha256 text not null,
  type text not null,
  title text not null,
  opened_at bigint,
  received_at bigint not null,
  -- What lists are ordered by: the box's clock when it was sure, else the time of receipt.
  order_at bigint not null,
  present integer not null,
  closed boolean not null,
  last_s bigint not null,
  primary key (box, session)
);
create index sessions_order on sessions (order_at desc, box, session);
create index sessions_box on sessions (box, order_at desc, session);

-- The newest roster, plan and method of each box, as exact bytes.
create table docs (
  box text not null references boxes(id),
  kind text not null,
  version integer not null,
  sha256 text not null,
  body text not null,
  put_at bigint not null,
  primary key (box, kind)
);

create table lessons (
  sha256 text primary key,
  id text not null,
  version integer not null,
  manifest text not null,
  material text not null,
  put_at bigint not null
);

-- Every method that was ever given out: old registers keep their stage names.
create table methods (
  sha256 text primary key,
  id text not null,
  version integer not null,
  body text not null
);

create table users (
  name text primary key,
  display text not null,
  role text not null check (role in ('admin', 'staff')),
  password text not null,
  made_at bigint not null
);

create table logins (
  token_sha256 text primary key,
  username text not null references users(name) on delete cascade,
  expires_at bigint not null
);

create table audit (
  id bigint generated always as identity primary key,
  at bigint not null,
  who text not null,
  act text not null,
  subject text not null
);
`;

/**
 * What hangs on what among the contradictions. The first link of each is in its JSON; a record that
 * holds a NUL in a text is still read as text.
 */
const OTHER_HISTORIES = `
alter table conflicts add column previous text;
update conflicts set previous = substring(json from '"p":"([0-9a-f]{32})"');
alter table conflicts alter column previous set not null;
`;

/** The public key with which a box signs what it writes onto a stick; the first one is believed. */
const BOX_KEYS = "alter table boxes add column key text;";

/** When and how fast boxes may fetch lessons: one row for the county, as JSON of its schema. */
const SUPPLY = `
create table supply_settings (
  single boolean primary key default true check (single),
  settings json not null
);
alter table boxes add column refresh_ask integer not null default 0;
create index rec_refresh on rec (box, epoch, s) where kind = 'refresh';
`;

/** What births said that could not be; and by which version of the fold a register was made. */
const ALARMS = `
create table alarms (
  box text not null references boxes(id),
  kind text not null,
  epoch text not null,
  records bigint not null,
  since_at bigint not null,
  -- When a person looked into it; null: nobody has.
  looked_at bigint,
  primary key (box, kind, epoch)
);
-- How many contradictions there were when a person looked into them last.
alter table boxes add column conflicts_looked integer not null default 0;
alter table sessions add column fold integer not null default 0;
create index sessions_fold on sessions (fold);
`;

/** Notices, and what each room was told of them. `version`: of the document that first named it. */
const NOTICES = `
create table notices (
  id text primary key,
  title text not null,
  body text not null,
  sender text not null,
  -- Days of the county.
  on_day text not null,
  until_day text not null,
  audience jsonb not null,
  issued_by text not null,
  issued_at bigint not null,
  withdrawn_at bigint
);
create table notice_rooms (
  notice text not null references notices(id),
  box text not null references boxes(id),
  version integer not null,
  arrived_at bigint,
  read_at bigint,
  primary key (notice, box)
);
create index notice_rooms_box on notice_rooms (box, version);
`;

export const MIGRATIONS: readonly Migration[] = [
  { name: "0001-first", sql: FIRST },
  { name: "0002-other-histories", sql: OTHER_HISTORIES },
  { name: "0003-box-keys", sql: BOX_KEYS },
  { name: "0004-supply", sql: SUPPLY },
  { name: "0005-alarms", sql: ALARMS },
  { name: "0006-notices", sql: NOTICES },
];
