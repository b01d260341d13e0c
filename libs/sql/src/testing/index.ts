export { noteAdapter } from './adapters.ts';
export { describePostgres } from './postgres.ts';
