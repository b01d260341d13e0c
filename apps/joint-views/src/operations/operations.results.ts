import type { ResultSource } from '../records/view.ts';

/** What those that have a part in an operation did, where the viewer sees both; also once its review date has come. */
const done = (kind: string, counted: string): string => `
  select c.originator as member, c.at, ${counted},
    array[c.record, o.record] as records, array[c.originator, o.originator] as originators
  from views.contributions c join views.operations o on o.record = c.operation
  where c.kind = '${kind}' and c.own_state = 0 and o.state in (0, 2)
    and (c.originator = o.originator or c.originator = any (o.participants))`;

const people = 'null::text as kind, null::text as unit, c.count::numeric as quantity';

export const RESULT_SOURCES: readonly ResultSource[] = [
  { result: 'arrests', sql: done('arrests', people) },
  { result: 'rescues', sql: done('rescues', people) },
  { result: 'seizures', sql: done('seizure', 'c.seizure_kind as kind, c.unit, c.quantity') },
];
