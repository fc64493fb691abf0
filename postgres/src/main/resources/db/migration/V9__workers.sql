-- The engine that a task asks for, so that only a worker that has it leases the task; empty for any.
alter table task add column engine text not null default '';
