-- What CI and forges said, each once: neither its id nor its body comes twice.
create table inbox (
  id          text primary key,
  digest      text        not null unique, -- of the body as it was signed
  kind        text        not null,
  body        text        not null,
  tries       int         not null default 0,
  outcome     text        not null default '',
  ready_at    timestamptz not null default now(),
  received_at timestamptz not null default now(),
  done_at     timestamptz
);
create index inbox_waiting on inbox (ready_at) where done_at is null;

-- Which runs have delivered a branch; what a push is about is its branch and commit.
create index outbox_branches on outbox (split_part(detail, ' ', 1)) where kind in ('push', 'pull-request');
