-- Where in a trace a task was caused, as W3C's traceparent; empty if nobody records it.
alter table task add column trace text not null default '';

-- Since when a task waits to be leased, or to become ready.
alter table task add column waits_since timestamptz not null default clock_timestamp();
