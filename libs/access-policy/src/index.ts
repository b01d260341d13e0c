export * from './decide.ts';
export * from './model.ts';
export * from './read-roles.ts';
export * from './sql/index.ts';
