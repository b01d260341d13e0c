export * from './access.ts';
export * from './grading.ts';
export * from './translation.ts';
export * from './countries.ts';
export * from './statements.ts';
export * from './documents.ts';
export * from './problem-codes.ts';
