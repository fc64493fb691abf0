-- Answers of language models that are used again, within their project and for 30 days. The key is a hash of the prompt,
-- the model and all else that an answer depends on.
create table model_answer (
  project_id text        not null references project on delete cascade,
  key        text        not null,
  model      text        not null,
  streams    boolean     not null,
  answer     text        not null, -- with marks in the place of secrets
  kept_at    timestamptz not null default now(),
  primary key (project_id, key)
);
create index model_answer_by_age on model_answer (kept_at);

-- Whether a call asked a provider, or was answered with what was there.
alter table model_call add column origin text not null default 'provider';
alter table model_call drop column from_cache;
alter table model_call alter column origin drop default;
