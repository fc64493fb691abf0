-- For whom a message of CI speaks: null for the whole installation, as its webhooks do.
alter table inbox add column organisation_id text references organisation, add column project_id text;

-- Each entry of the audit holds a hash of itself and of the one before it, so one that was changed or removed shows.
alter table audit add column hash text not null default '';

create function audit_hash(prior text, entry audit) returns text language sql immutable as $$
  select encode(sha256(convert_to(jsonb_build_array(
    prior, entry.position, (extract(epoch from entry.at) * 1000000)::bigint, entry.who, entry.token_id,
    entry.organisation_id, entry.action, entry.resource, entry.outcome, entry.reason, entry.address)::text,
    'UTF8')), 'hex')
$$;

-- Whoever adds waits for whoever adds, so that positions are in the order of commits.
create function audit_follows() returns trigger language plpgsql as $$
declare
  newest record;
begin
  perform pg_advisory_xact_lock(hashtext('capstan audit'));
  select position, hash into newest from audit order by position desc limit 1;
  new.position := coalesce(newest.position, 0) + 1;
  new.hash := audit_hash(coalesce(newest.hash, ''), new);
  return new;
end
$$;

alter table audit disable trigger audit_stays;
do $$
declare
  one audit;
  prior text := '';
begin
  for one in select * from audit order by position loop
    prior := audit_hash(prior, one);
    update audit set hash = prior where position = one.position;
  end loop;
end
$$;
alter table audit enable trigger audit_stays;

create trigger audit_follows before insert on audit for each row execute function audit_follows();
create index token_newest on token (created_at, id);
