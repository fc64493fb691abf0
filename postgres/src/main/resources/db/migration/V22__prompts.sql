-- Name, version and SHA-256 of the prompt that the work was asked with; empty where nobody knows.
alter table model_call add column prompt text not null default '';
