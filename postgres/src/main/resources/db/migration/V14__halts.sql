-- What is halted as a whole, until somebody lifts it: a project, an organisation, or with neither the installation.
create table halt (
  organisation_id text        references organisation,
  project_id      text        references project,
  why             text        not null,
  begun_by        text        not null,
  begun_at        timestamptz not null default now(),
  check (organisation_id is null or project_id is null)
);
create unique index halt_of on halt (coalesce(organisation_id, ''), coalesce(project_id, ''));

-- The projects that a halt holds: none of their runs gets a slot.
create view halted as
  select project.id as project_id, halt.organisation_id as by_organisation, halt.project_id as by_project,
    halt.why, halt.begun_by, halt.begun_at
  from project join halt
    on coalesce(halt.project_id, project.id) = project.id
    and coalesce(halt.organisation_id, project.organisation_id) = project.organisation_id;
