-- What checks of documents hit, but for protection, by the state that issued the document: so that what one state is told is
-- read without going through all that was ever checked. Made of the log and of the views; what of it is told is judged by
-- both when it is read. `notice`: the id that the notice of it has.
create table consultation.document_checks (
  state text not null,
  at timestamptz not null,
  entry uuid not null,
  record uuid not null,
  notice uuid not null,
  primary key (entry, record)
);
create index document_checks_newest on consultation.document_checks (state, at desc);
create index document_checks_notice on consultation.document_checks (notice);

create function consultation.note_check() returns trigger language plpgsql as $note$
begin
  insert into consultation.document_checks (state, at, entry, record, notice)
  select a.issuing_state, new.at, new.id, a.record,
    views.notice_id(array['notice', 'document-checked', a.issuing_state, a.record::text, new.id::text])
  from views.document_alerts a where a.record = any (new.records) and a.issuing_state <> new.member
  on conflict do nothing;
  return null;
end
$note$;
create trigger entries_checks after insert on consultation.entries for each row
  when (new.kind = 'read' and not new.protection and new.records <> '{}'
    and new.route in ('POST /v1/document-checks', 'POST /v1/document-checks:batch'))
  execute function consultation.note_check();

-- Of the lines that are there already: by the views as an earlier version left them.
do $there$
begin
  if to_regclass('views.document_alerts') is null then return; end if;
  insert into consultation.document_checks (state, at, entry, record, notice)
  select a.issuing_state, e.at, e.id, a.record,
    views.notice_id(array['notice', 'document-checked', a.issuing_state, a.record::text, e.id::text])
  from consultation.entries e join views.document_alerts a on a.record = any (e.records) and a.issuing_state <> e.member
  where e.kind = 'read' and not e.protection and e.records <> '{}'
    and e.route in ('POST /v1/document-checks', 'POST /v1/document-checks:batch');
end
$there$;
drop index consultation.entries_checks;
