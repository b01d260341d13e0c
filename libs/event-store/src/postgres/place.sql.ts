/**
 * The place in the order of all events that a transaction's events take; to be asked once every stream that it appends
 * to is locked. A transaction may have waited for a stream while one with a greater id appended to it. So `txid` is the
 * greater of its own id and the newest id that has ended by now, which is never less than that of an event that the
 * stream holds already; where both are equal, `position` is greater, since it is drawn from its sequence after this.
 * Readers stop below the oldest id under way (`settled` in read.ts), which no transaction's `txid` is below.
 */
export const PLACE = `
create function {schema}.place(out epoch int, out txid bigint) language sql volatile as $$
  select (select max(e.epoch) from {schema}.epochs e),
    greatest(pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)
$$;
`;
