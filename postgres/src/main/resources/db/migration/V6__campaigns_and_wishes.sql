-- One goal over many repositories.
create table campaign (
  id text primary key,
  goal text not null,
  body text not null,
  created_at timestamptz not null default now()
);

-- Runs that were asked for and may not have been planned and created yet.
create table wish (
  run_id text primary key,
  origin text not null,
  place int not null,
  body text not null,
  state text not null default 'waiting',
  reason text not null default '',
  tries int not null default 0,
  ready_at timestamptz not null default now()
);
create index wish_by_origin on wish (origin, place);
create index wish_waiting on wish (ready_at) where state = 'waiting';

-- What was still left of a campaign's goal on a target's default branch.
create table campaign_count (
  campaign_id text not null references campaign,
  source text not null,
  commit_id text not null,
  remaining int not null,
  counted_at timestamptz not null default now()
);
create index campaign_count_last on campaign_count (campaign_id, source, counted_at desc);

-- Events from outside, each taken in once.
create table intake (
  id text primary key,
  type text not null,
  payload text not null,
  received_at timestamptz not null default now()
);
