import type { Database } from '#sql';

/**
 * Opens a new epoch where the newest stored transaction id is one that this server has yet to give: then the database
 * was restored from a dump, and new events would come before old ones. `schema` is quoted. After a restore, processes
 * must therefore be started again.
 */
export async function openEpoch(db: Database, schema: string): Promise<void> {
  await db.transaction(async (sql) => {
    // Processes that start at once open one epoch, not two.
    await sql.query(`lock table ${schema}.epochs in exclusive mode`);
    await sql.query(
      `insert into ${schema}.epochs (epoch)
       select newest.epoch + 1
       from (select epoch, txid from ${schema}.events
             where epoch = (select max(epoch) from ${schema}.epochs)
             order by txid desc limit 1) newest
       where newest.txid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint`,
    );
  });
}
