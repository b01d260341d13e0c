export * from './reports.ts';
export * from './operations.ts';
export * from './permissions.ts';
export * from './documents.ts';
export * from './systems.ts';
export * from './assistance.ts';
export * from './reading.ts';
export * from './dna.ts';
