import { CATEGORIES, CLASSIFICATIONS, PURPOSES } from '#contracts';
import { plainName, READER, wordList } from './names.ts';
import { ACCESS_SETTINGS } from './reader-policy.sql.ts';

const clear = ACCESS_SETTINGS.map((name) => `  perform set_config('${name}', '', true);`).join('\n');

/**
 * SQL of `<schema>.access_enter(member, purpose, clearance, at, withheld)`, which a read calls as the owner at the start
 * of its transaction. It works out what the viewer's member may be shown (ACCESS.md, steps 1 and 7; `withheld` names the
 * originators whose records are withheld as a whole), puts it into settings of this transaction, and becomes the reader
 * role until the transaction ends. Unknown words, null, or a member that isn't active leave settings that show no row.
 * Answers, as jsonb, how far each source has been applied: { "/members/GB": 812 }.
 *
 * The function names its schema, so a swap that renames a schema runs this again for the new name, in the same
 * transaction. Needs the tables members, agreements and sources.
 */
export function accessFunctions(schema: string): string {
  const s = plainName(schema);
  return `
grant usage on schema ${s} to ${READER};
create or replace function ${s}.access_enter(
  member text, purpose text, clearance text, at timestamptz, withheld text[]
) returns jsonb language plpgsql volatile security invoker as $access_enter$
declare
  applied jsonb := (select coalesce(jsonb_object_agg(s.source, s.sequence), '{}') from ${s}.sources s);
  member_bit bigint := (
    select 1::bigint << m.bit from ${s}.members m where m.code = access_enter.member and m.state = 'active'
  );
  purpose_bit bigint := 1::bigint << (array_position(${wordList(PURPOSES)}, access_enter.purpose) - 1);
  clearance_index int := array_position(${wordList(CLASSIFICATIONS)}, access_enter.clearance) - 1;
  grants int[];
begin
${clear}
  if member_bit is not null and purpose_bit is not null and clearance_index is not null then
    select coalesce(array_agg(distinct o.bit * 8 + array_position(${wordList(CATEGORIES)}, c.category) - 1), '{}')
    into grants
    from ${s}.agreements a
    join ${s}.members o on o.code = any (a.parties)
    cross join unnest(a.categories) as c (category)
    where a.state = 'in-force'
      and a.valid_from <= access_enter.at and (a.valid_to is null or access_enter.at < a.valid_to)
      and access_enter.member = any (a.parties)
      and access_enter.purpose = any (a.purposes)
      and o.code <> access_enter.member
      and o.code <> all (coalesce(access_enter.withheld, '{}'));
    perform set_config('accord.member', access_enter.member, true);
    perform set_config('accord.member_bit', member_bit::text, true);
    perform set_config('accord.purpose_bit', purpose_bit::text, true);
    perform set_config('accord.clearance', clearance_index::text, true);
    perform set_config('accord.grants', grants::text, true);
    -- independent of the session's DateStyle and time zone
    perform set_config('accord.now', to_char(timezone('UTC', access_enter.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), true);
  end if;
  perform set_config('role', '${READER}', true);
  return applied;
end
$access_enter$;
revoke all on function ${s}.access_enter(text, text, text, timestamptz, text[]) from public;
`;
}
