export { describePostgres } from './postgres.ts';
