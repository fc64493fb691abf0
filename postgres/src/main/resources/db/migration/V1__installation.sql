-- One row: which installation this database belongs to, and the layout its data folder had.
create table installation (
  id uuid primary key default gen_random_uuid(),
  created_at timestamptz not null default now(),
  layout int not null
);
