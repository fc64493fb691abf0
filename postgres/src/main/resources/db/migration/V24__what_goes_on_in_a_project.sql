-- The newest runs of a project, and what was measured in them, are found without reading all others.
create index run_of_project on run (project_id, created_at desc, id);
create index event_of_verification on event (run_id, position)
  where type in ('attempt-verified.v1', 'qa-requested.v1', 'gate-shut.v1', 'tip-verified.v1', 'tip-held.v1');
