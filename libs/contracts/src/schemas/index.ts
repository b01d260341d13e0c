export * from './reports.ts';
export * from './operations.ts';
export * from './reading.ts';
