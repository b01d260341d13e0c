-- What checks of documents hit, but for protection: issuing states are told of it. Few lines of a log that grows for ever.
create index entries_checks on consultation.entries (at)
  where kind = 'read' and not protection and records <> '{}'
    and route in ('POST /v1/document-checks', 'POST /v1/document-checks:batch');
