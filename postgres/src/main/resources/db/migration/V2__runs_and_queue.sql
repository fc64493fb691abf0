-- One row: this installation. The epoch grows by one at each start of a server, durably, before it
-- hands out a lease; so a fencing token (epoch, count) never comes twice, even if the disk lost the
-- last claims in a crash.
alter table installation add column epoch bigint not null default 0;
insert into installation (layout) select 1 where not exists (select from installation);

create table project (
  id           text primary key,
  source       text        not null,
  slots        int         not null default 1 check (slots >= 1),
  last_claimed bigint      not null default 0,
  created_at   timestamptz not null default now()
) with (fillfactor = 50);

create table run (
  id               text primary key,
  project_id       text        not null references project,
  version          bigint      not null,
  status           text        not null,
  goal             text        not null,
  wants_slot       boolean     not null, -- has work to hand out
  active           boolean     not null, -- holds one of its project's slots
  snapshot         text        not null,
  snapshot_version bigint      not null, -- may lag behind version: the events after it are replayed
  snapshot_codec   int         not null,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  check (wants_slot or not active)
) with (fillfactor = 50);
create index run_waits_for_slot on run (project_id, created_at, id) where wants_slot and not active;
create index run_active on run (project_id) where active;
create index run_newest on run (created_at desc, id);

create table event (
  position    bigint generated always as identity primary key,
  run_id      text        not null references run,
  version     bigint      not null,
  type        text        not null,
  data        jsonb       not null,
  at          timestamptz not null,
  actor       text        not null,
  correlation text        not null,
  causation   text        not null,
  transaction xid8        not null default pg_current_xact_id(), -- a reader stays below the oldest one open
  unique (run_id, version)
);

create table task (
  id          bigint generated always as identity primary key,
  project_id  text        not null references project,
  run_id      text        not null references run,
  key         text        not null,
  kind        text        not null,
  body        jsonb       not null,
  priority    int         not null,
  state       text        not null check (state in ('waiting', 'ready', 'leased')),
  ready_at    timestamptz not null,
  token       bigint,
  lease_until timestamptz,
  correlation text        not null,
  unique (run_id, key),
  check ((state = 'leased') = (token is not null))
) with (fillfactor = 70);
create index task_ready_execute on task (project_id, priority desc, id) where state = 'ready' and kind = 'execute';
create index task_ready_other on task (project_id, priority desc, id) where state = 'ready' and kind <> 'execute';
create index task_leased on task (lease_until) where state = 'leased';
create index task_due on task (ready_at) where state = 'ready';

-- What work prints and what happens around it: observations, not decisions, and no lock is taken.
create table activity (
  position bigint generated always as identity primary key,
  run_id   text        not null,
  step     text        not null, -- empty for the run as a whole
  attempt  int         not null,
  channel  text        not null,
  line     text        not null,
  at       timestamptz not null default now()
);
create index activity_of_run on activity (run_id, position);

create table baseline (
  project_id  text        not null references project,
  commit_id   text        not null,
  recipe      text        not null, -- hash of the commands that measured it
  measurement text        not null,
  summary     text        not null,
  measured_at timestamptz not null default now(),
  primary key (project_id, commit_id, recipe)
);

-- An effect outside is written here before it is made, and looked up outside before it is made again.
create table outbox (
  key         text primary key,
  run_id      text        not null,
  kind        text        not null,
  detail      text        not null,
  intended_at timestamptz not null default now(),
  done_at     timestamptz,
  result      text
);
create index outbox_open on outbox (intended_at) where done_at is null;

create table artifact_of_run (
  run_id  text        not null,
  step    text        not null,
  attempt int         not null,
  name    text        not null,
  hash    text        not null,
  bytes   bigint      not null,
  at      timestamptz not null default now(),
  primary key (run_id, step, attempt, name)
);
