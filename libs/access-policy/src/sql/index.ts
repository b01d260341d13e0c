export * from './access-enter.sql.ts';
export * from './columns.ts';
export * from './masks.ts';
export { READER } from './names.ts';
export * from './reader-policy.sql.ts';
export * from './reader-role.sql.ts';
