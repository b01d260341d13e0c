-- What it takes to judge each line again: whether something was served, with which clearance, and how far each source
-- had been applied. `protection`: left out of what other members are told. `applied`: JSON, with a salt; the chain covers
-- its hash, so that a member may have its own lines without others' sequences, which count what is hidden from it.
alter table consultation.entries
  add column kind text not null default 'read',
  add column clearance text not null default 'OFFICIAL',
  add column protection boolean not null default false,
  add column applied text not null default '{}';
