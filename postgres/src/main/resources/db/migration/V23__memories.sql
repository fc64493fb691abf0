-- What is remembered of finished steps, one row for each; written from the log, so writing one again changes nothing.
-- One that is to be forgotten keeps its key alone, so that nothing writes it anew.
create table memory (
  id            bigint generated always as identity primary key,
  project_id    text        not null references project on delete cascade,
  run_id        text        not null,
  step          text        not null,
  ended_at      timestamptz not null,
  forgotten     boolean     not null default false,
  goal          text        not null,
  title         text        not null,
  reason        text        not null,
  kind          text        not null,
  scope         text[]      not null,
  engine        text        not null,
  work          text        not null,
  files         text[]      not null,
  changed_files int         not null,
  lines_added   int         not null,
  lines_deleted int         not null,
  completed     boolean     not null,
  evidence      text[]      not null,
  failures      text[]      not null,
  attempts      int         not null,
  took_ms       bigint      not null,
  tokens        bigint      not null,
  micro_dollars bigint,                          -- null where nobody knows
  embedder      text        not null default '', -- which model made the vector; '' while there is none
  vector        bytea,
  unique (run_id, step),
  check ((embedder = '') = (vector is null))
);
create index memory_newest on memory (project_id, ended_at desc, id desc) where not forgotten;

-- One row: the position of the log up to which everything is remembered.
create table memory_progress (
  position bigint not null
);
insert into memory_progress (position) values (0);

-- Each time that an attempt, or the planning of a goal (then without a step), asked what is remembered.
create table memory_recall (
  id         bigint generated always as identity primary key,
  project_id text        not null references project on delete cascade,
  run_id     text        not null,
  step       text        not null,
  attempt    int         not null,
  at         timestamptz not null default now(),
  passed     boolean, -- null while that is open, and for a planning
  unique (run_id, step, attempt)
);
create index memory_recall_of_project on memory_recall (project_id);

-- What was offered then.
create table memory_offer (
  recall_id bigint not null references memory_recall on delete cascade,
  memory_id bigint not null references memory on delete cascade,
  primary key (recall_id, memory_id)
);
create index memory_offer_of_memory on memory_offer (memory_id);
