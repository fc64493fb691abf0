-- Tasks name their steps; the plan is what the run's log says up to this version: its creation, and
-- what the repository's own policy tightened.
alter table run add column brief_version bigint not null default 1;
update run set brief_version = changed.version
from (select run_id, max(version) as version from event where type = 'policy-tightened.v1' group by run_id) as changed
where run.id = changed.run_id;

-- A run that was just created has no snapshot yet: its first event is one.
alter table run alter column snapshot drop not null;
