-- Calls of language models, one row each; what was sent and came is an artifact of the attempt.
create table model_call (
  position       bigint generated always as identity primary key,
  id             text        not null unique,
  run_id         text        not null,
  project_id     text        not null,
  step           text        not null, -- empty for the run as a whole
  attempt        int         not null,
  purpose        text        not null check (purpose in ('work', 'verification')),
  at             timestamptz not null,
  protocol       text        not null,
  asked          text        not null,
  used           text        not null, -- empty if no model answered
  prompt_hash    text        not null,
  input          bigint,               -- null where the provider did not say
  cached         bigint,
  written        bigint,
  output         bigint,
  reasoning      bigint,
  micro_dollars  bigint,               -- null where nobody knows
  prices         text        not null,
  first_token_ms bigint,
  ms             bigint      not null,
  retries        int         not null,
  from_cache     boolean     not null,
  outcome        text        not null,
  detail         text        not null,
  recording      text,                 -- hash of the artifact; null if it could not be kept
  check ((input is null) = (output is null))
);
create index model_call_of_run on model_call (run_id, position);

-- What may be spent and what was. Sums stand in the account, so that a month's calls need not be read to add one:
-- limits are (soft, hard, verification) and tallies (measured, assumed, reserved), each tokens and micro-dollars,
-- and how many costs are unknown.
create table account (
  id           text primary key,
  state        text     not null check (state in ('open', 'low', 'shut')),
  limits       bigint[] not null check (cardinality(limits) = 6),
  work         bigint[] not null check (cardinality(work) = 7),
  verification bigint[] not null check (cardinality(verification) = 7)
) with (fillfactor = 50);

create table account_entry (
  account_id text        not null references account,
  key        text        not null,
  purpose    text        not null check (purpose in ('work', 'verification')),
  state      text        not null check (state in ('reserved', 'settled', 'released')),
  tokens     bigint      not null, -- reserved
  money      bigint      not null,
  cost_tokens bigint,              -- null while it is not settled, and where nobody knows
  cost_money bigint,
  at         timestamptz not null default now(),
  primary key (account_id, key)
);
create index account_entry_by_key on account_entry (key);
create index account_entry_open on account_entry (at) where state = 'reserved';
