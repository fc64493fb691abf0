-- The policy pack of each project; the row with an empty project is for all that have none.
create table policy_choice (
  project_id text primary key,
  pack       text        not null,
  chosen_at  timestamptz not null default now()
);

-- Runs in which a person was asked about a step: what they said calibrates confidence.
create index event_asks_person on event (run_id) where type = 'qa-requested.v1';
