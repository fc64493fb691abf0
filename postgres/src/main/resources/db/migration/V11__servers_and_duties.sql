-- The servers of this installation, as each says of itself; whether one is heard is judged by the database's clock.
create table server (
  id         text primary key,
  name       text        not null,
  url        text        not null,
  version    text        not null,
  pid        bigint      not null,
  started_at timestamptz not null default now(),
  heard_at   timestamptz not null default now(),
  ended_at   timestamptz -- when it said that it goes
);

-- The workers that are connected to them.
create table worker (
  instance  text primary key,
  server_id text        not null references server on delete cascade,
  name      text        not null,
  version   text        not null,
  capacity  int         not null,
  kinds     text[]      not null,
  engines   text[]      not null,
  labels    text[]      not null,
  under_way int         not null,
  waiting   int         not null,
  given     bigint      not null,
  draining  boolean     not null,
  heard_at  timestamptz not null
);
create index worker_of_server on worker (server_id);

-- db-scheduler's own, as its documentation gives it: when each duty is due, and who does it just now.
create table scheduled_duty (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  state                text,
  primary key (task_name, task_instance)
);
create index scheduled_duty_due on scheduled_duty (execution_time);
create index scheduled_duty_heard on scheduled_duty (last_heartbeat);

-- How each duty went the last time.
create table duty (
  name          text primary key,
  about         text        not null,
  every_seconds bigint      not null,
  server_id     text        not null,
  begun_at      timestamptz not null,
  ended_at      timestamptz, -- null while it is being done, or since whoever did it died
  failed        boolean     not null default false,
  outcome       text        not null default ''
);

-- Whether a project's source could be reached the last time it was fetched.
create table project_health (
  project_id text primary key references project on delete cascade,
  well       boolean     not null,
  detail     text        not null,
  checked_at timestamptz not null default now()
);
