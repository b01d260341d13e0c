export { openSqlEventStore, type SqlEventStoreOptions } from './sql-event-store.ts';
