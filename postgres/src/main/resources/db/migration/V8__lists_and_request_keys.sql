-- Each list of the API goes on after a key, along an index.
drop index run_newest;
create index run_newest on run (created_at, id);
create index run_newest_of_project on run (project_id, created_at, id);
create index run_newest_of_status on run (status, created_at, id);
create index baseline_newest on baseline (project_id, measured_at, commit_id, recipe);
create index campaign_newest on campaign (created_at, id);

-- Requests that named a key, with their answers, so that each has one effect however often it is sent.
create table request_key (
  caller     text        not null,
  key        text        not null,
  request    text        not null, -- hash of what was asked
  status     int,                  -- null until it is answered
  media_type text,
  version    text,                 -- the entity tag of the answer
  answer     bytea,
  held_until timestamptz not null, -- whoever answers it holds it until then, and holds it anew
  asked_at   timestamptz not null default now(),
  primary key (caller, key),
  check ((status is null) = (answer is null))
);
create index request_key_age on request_key (asked_at);
