export { copyRecords, copyRows } from './copy-rows.ts';
export * from './database.ts';
export { quoteIdent } from './ident.ts';
export { oneOf } from './one-of.ts';
export { migrate } from './migrate.ts';
export { openPglite } from './pglite.ts';
export { openPostgres } from './postgres.ts';
export { toStoreError } from './unavailable.ts';
export { lockDirectory } from './directory-lock.ts';
