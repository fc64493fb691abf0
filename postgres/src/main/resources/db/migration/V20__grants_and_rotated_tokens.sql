-- What people may do, and where, beside what the configuration grants to groups.
create table role_grant (
  id              text primary key,
  kind            text        not null check (kind in ('person', 'group')),
  holder          text        not null,
  scope           text        not null check (scope in ('reader', 'operator', 'maintainer', 'admin')),
  organisation_id text        not null references organisation,
  project_id      text        references project,
  created_at      timestamptz not null default now(),
  created_by      text        not null
);
create unique index role_grant_of_holder on role_grant (kind, holder, organisation_id, coalesce(project_id, ''));
create index role_grant_newest on role_grant (created_at, id);

-- The secret before the last rotation is good for as long as whoever rotated it has said.
alter table token add column former_hash text unique, add column former_until timestamptz;
