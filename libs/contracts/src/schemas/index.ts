export * from './reports.ts';
export * from './operations.ts';
export * from './permissions.ts';
export * from './reading.ts';
