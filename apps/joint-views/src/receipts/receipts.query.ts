import type { Sql } from '#sql';
import { takenFrom, tells } from '../notices/taken.ts';
import { VIEWS } from '../views.ts';

/** Of a member that had been served the record: since when it is told that it was taken back, and when it took note. */
interface RecallRow {
  member: string;
  at: Date;
  acknowledged_at: Date | null;
}

/**
 * The recall notices that a record's withdrawals gave, by the rule of notices; but not to who was served it for
 * protection alone, which is that member's own to know.
 */
export const recallsOf = (sql: Sql, record: string): Promise<RecallRow[]> =>
  sql.query(
    `select r.member, w.at, a.at as acknowledged_at
     from views.withdrawals w
     join views.records o on o.record = w.record
     join consultation.reads r on r.record = w.record
     left join lateral (
       select min(a.at) as at from views.acknowledgements a
       where a.originator = r.member
         and a.notice = views.notice_id(array['notice', 'recall', r.member, w.record::text, w.event::text])) a on true
     where w.record = $1::uuid and r.member <> w.originator
       and r.sequence < w.sequence and ${takenFrom('r.member')} and ${tells('w', 'o')}
       and exists (
         select 1 from consultation.entries e
         where e.records @> array[w.record] and e.member = r.member and not e.protection)
     order by w.sequence, r.member`,
    [record],
  );

interface ErasureRow {
  erased_at: Date;
  keys_destroyed: number;
  keys_left: number;
  rows_left: number;
}

const counted = [...VIEWS.flatMap(({ tables }) => tables.map(({ name }) => name)), 'poison']
  .map((table) => `(select count(*) from views.${table} x where x.record = r.record)`)
  .join(' + ');

/** What is left of an erased record, counted now; undefined where it isn't erased. Its own row says that it is. */
export const erasureOf = async (sql: Sql, record: string): Promise<ErasureRow | undefined> => {
  const rows = await sql.query<ErasureRow>(
    `select w.at as erased_at, (${counted})::int as rows_left,
       (select count(*) from keyring.keys k where k.member = r.originator and k.record = r.record and k.key is null)::int
         as keys_destroyed,
       (select count(*) from keyring.keys k where k.member = r.originator and k.record = r.record and k.key is not null)::int
         as keys_left
     from views.records r join views.withdrawals w on w.record = r.record and w.sequence = r.sequence
     where r.record = $1::uuid and r.state = 3`,
    [record],
  );
  return rows[0];
};
