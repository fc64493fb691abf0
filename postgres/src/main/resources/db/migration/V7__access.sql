-- Whose projects, campaigns and tokens they are. What was there before belongs to the first one.
create table organisation (
  id         text primary key,
  created_at timestamptz not null default now()
);
insert into organisation (id) values ('default');

alter table project add column organisation_id text not null default 'default' references organisation;
alter table campaign add column organisation_id text not null default 'default' references organisation;
alter table wish add column organisation_id text not null default 'default' references organisation;
create index project_of_organisation on project (organisation_id, id);
create index campaign_of_organisation on campaign (organisation_id, created_at desc, id);
create index artifact_by_hash on artifact_of_run (hash);
create index baseline_by_measurement on baseline (measurement);

-- A token itself is never kept, only its SHA-256. One that was revoked stays, as the audit names it.
create table token (
  id              text primary key,
  name            text        not null,
  hash            text        not null unique,
  scope           text        not null check (scope in ('reader', 'operator', 'maintainer', 'admin', 'worker')),
  organisation_id text        not null references organisation,
  project_id      text        references project,
  created_at      timestamptz not null default now(),
  created_by      text        not null,
  expires_at      timestamptz,
  last_used_at    timestamptz,
  revoked_at      timestamptz
);
create unique index token_in_use on token (organisation_id, name) where revoked_at is null;

-- Who brought which artifact; one that a run made belongs to the run.
create table upload (
  hash            text        not null,
  organisation_id text        not null references organisation,
  project_id      text        not null, -- empty for the organisation as a whole
  at              timestamptz not null default now(),
  primary key (hash, organisation_id, project_id)
);

create table audit (
  position        bigint generated always as identity primary key,
  at              timestamptz not null default now(),
  who             text        not null,
  token_id        text        not null, -- empty for the owner of the data folder, and for nobody
  organisation_id text        not null, -- empty for nobody
  action          text        not null,
  resource        text        not null,
  outcome         text        not null check (outcome in ('allowed', 'refused')),
  reason          text        not null,
  address         text        not null
);
create index audit_of_organisation on audit (organisation_id, position);

create function audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only ever added to';
end
$$;
create trigger audit_stays before update or delete or truncate on audit
  for each statement execute function audit_stays();
